// The Library tab: how adding goes, item by item, and the list of what is there.
(() => {
  const { newsroom } = window;
  const { el, t, iconButton } = newsroom;
  const PAGE = 100; // rows drawn at once

  // How the list may be sorted; as it comes, the newest added is first. What lacks a date or a publisher comes last.
  const by = (text) => (a, b) => (text(a) ? 0 : 1) - (text(b) ? 0 : 1) || (text(a) ?? "").localeCompare(text(b) ?? "", newsroom.language);
  const ORDERS = {
    added: null,
    date: (a, b) => (b.published_at ?? "").slice(0, 10).localeCompare((a.published_at ?? "").slice(0, 10)),
    title: by((a) => a.title),
    publisher: by((a) => a.publisher),
  };

  // value: {items: [{source, id, title, status, reason, words, values}], waiting: [source], done} while and after
  // articles are added.
  newsroom.progress = (element, props, watch) => {
    const root = element.querySelector(".progress");
    root.setAttribute("aria-label", t("progress"));

    watch("value", () => {
      const { items, waiting, done } = props.value ?? { items: [], waiting: [], done: true };
      const failed = items.filter((item) => item.status === "failed").length;
      const summary = !items.length ? (done ? t("nothing_to_add") : t("working", { n: 0 }))
        : done ? t("summary", { ok: items.length - failed, failed }) : t("working", { n: items.length });
      root.replaceChildren(
        el(`p.summary${done ? "" : ".waiting"}`, { role: "status" }, done ? "" : el("span.dots", { "aria-hidden": "true" }), summary),
        el("ul", {}, items.map(line), waiting.slice(0, PAGE).map(later)),
      );
      if (done) document.dispatchEvent(new Event("newsroom:library"));
    });

    function line({ source, id, title, status, reason, words, values }) {
      const failed = status === "failed";
      const name = source || t("pasted");
      const shown = title || name;
      const look = () => document.dispatchEvent(new CustomEvent("newsroom:preview", { detail: { id } }));
      return el(`li.${status}`, {},
        el("span.state", {}, t(failed ? "item_failed" : status)),
        el("span.what", {},
          id ? el("button.link", { type: "button", title: t("open", { title: shown }), onclick: look }, shown) : el("b", {}, shown),
          title && source ? el("span.facts", {}, ` ${name}`) : "",
          failed && el("span.reason", {}, words ? t(words, values) : reason)));
    }

    // What was given and is not done: the first of it is being read.
    function later(source, number) {
      return el("li.later", {}, el("span.state", {}, t(number ? "item_waiting" : "item_reading")), el("span.what", {}, source));
    }
  };

  // The remembered feeds: when each was read, how much came in from it, and a way to forget it.
  newsroom.feeds = (element, server) => {
    const root = element.querySelector(".feeds");
    const fetchFeeds = newsroom.newest(newsroom.reach(server, "feeds"));
    document.addEventListener("newsroom:library", load);
    load();

    async function load() {
      const known = await fetchFeeds();
      if (!known) return;
      const { feeds, minutes } = known;
      root.replaceChildren(
        feeds.length ? el("ul", {}, feeds.map(line)) : el("p.hint", {}, t("feed_none")),
        feeds.length && minutes ? el("p.hint", {}, t("feed_minutes", { n: minutes })) : "");
    }

    function line({ address, refreshed_at, articles, problem }) {
      const time = refreshed_at && new Date(refreshed_at).toLocaleString(newsroom.language, { dateStyle: "medium", timeStyle: "short" });
      return el("li", {}, el("span.what", {}, el("b", {}, address),
        el("span.facts", {}, [t("feed_articles", { n: articles }), time && t("feed_read", { time })].filter(Boolean).join(" · ")),
        problem && el("span.reason", { title: problem }, t("feed_failed"))),
        iconButton("trash", t("feed_forget", { address }), () => forget(address)));
    }

    async function forget(address) {
      const gone = await newsroom.reach(server, "forget")(address).catch((lost) => newsroom.announce(lost.message));
      if (gone) newsroom.announce(t("feed_forgotten"));
      load();
    }
  };

  newsroom.shelf = (element, server) => {
    const root = element.querySelector(".shelf");
    const count = el("span.facts");
    const filter = el("input.filter", { type: "search", placeholder: t("filter"), "aria-label": t("filter"), oninput: () => drawUpTo(PAGE) });
    const order = el("select.filter", { "aria-label": t("sort"), onchange: () => drawUpTo(PAGE) },
      Object.keys(ORDERS).map((key) => el("option", { value: key }, t(`sort_${key}`))));
    const list = el("div.list");
    const dialog = el("dialog.preview");
    const pane = el("div");
    dialog.append(pane);
    const chosen = new Set();
    const picks = el("div.picks", { hidden: true, role: "group" });
    const spread = el("div.spread");
    const glance = el("details.glance", { hidden: true }, el("summary", {}, t("glance")), spread);
    root.append(el("div.list-head", {}, el("h2", {}, t("listing"), " ", count), el("div.find", {}, filter, order)), glance, picks, list, dialog);
    const reader = new newsroom.Reader(pane, { check: () => "same", narrow: { matches: false } });
    dialog.addEventListener("click", (event) => (event.target === dialog || event.target.closest(".sheet-close")) && dialog.close());
    const fetchArticles = newsroom.newest(newsroom.reach(server, "articles"));
    let articles = [];
    let most = PAGE;
    document.addEventListener("newsroom:library", load);
    document.addEventListener("newsroom:preview", ({ detail }) => preview(detail));
    load();

    async function load() {
      articles = (await fetchArticles()) ?? articles;
      draw();
    }

    function drawUpTo(rows) {
      most = rows;
      draw();
    }

    function draw() {
      const words = filter.value.toLowerCase().split(/\s+/);
      const known = (a) => [a.title, a.publisher, a.author].filter(Boolean).join(" ").toLowerCase();
      const shown = articles.filter((a) => words.every((w) => known(a).includes(w)));
      if (ORDERS[order.value]) shown.sort(ORDERS[order.value]);
      count.textContent = t("count", { n: articles.length });
      filter.hidden = articles.length < 6;
      order.hidden = articles.length < 2;
      drawChosen();
      drawGlance();
      if (!shown.length) return list.replaceChildren(el("p.hint", {}, t(articles.length ? "listing_none" : "listing_empty")));
      list.replaceChildren(el("table", {},
        el("thead", {}, el("tr", {}, el("td"), ["col_title", "col_publisher", "col_date", "col_language"].map((key) => el("th", { scope: "col" }, t(key))), el("td"))),
        el("tbody", {}, shown.slice(0, most).map(row))));
      if (shown.length > most)
        list.append(el("button.quiet.more", { type: "button", onclick: () => drawUpTo(most + PAGE) }, t("more", { n: shown.length - most })));
    }

    function row(article) {
      const title = article.title ?? t("untitled");
      const box = el("input", { type: "checkbox", checked: chosen.has(article.id), "aria-label": t("choose", { title }), onchange: () => {
        if (box.checked) chosen.add(article.id);
        else chosen.delete(article.id);
        drawChosen();
      } });
      return el("tr", {}, el("td.box", {}, box),
        el("td.title", {}, el("button.link", { type: "button", lang: article.language, title: t("open", { title }), onclick: () => preview(article) }, title)),
        el("td.from", {}, article.publisher ?? ""),
        el("td.when", {}, article.published_at ? newsroom.date(article.published_at.slice(0, 10), "medium") : ""),
        el("td.tongue", {}, t(article.language)),
        el("td.actions", {}, newsroom.sampleBadge(article) || [
          article.on_web && iconButton("retry", t("refetch", { title }), () => refetch(article)),
          iconButton("trash", t("delete_named", { title }), () => remove([article.id]))]));
    }

    async function preview({ id }) {
      const article = await newsroom.reach(server, "read")(id).catch((lost) => newsroom.announce(lost.message));
      if (!article) return load();
      reader.open([{ kind: "preview", article }], 0);
      dialog.showModal();
    }

    async function refetch({ id }) {
      newsroom.announce(t("refetching"));
      const { status, words, values, reason } = await newsroom.reach(server, "refetch_article")(id)
        .catch((lost) => ({ status: "failed", reason: lost.message }));
      newsroom.announce(status === "failed" ? (words ? t(words, values) : reason) : t(`refetch_${status}`));
      changed();
    }

    async function remove(ids) {
      const { error, undo } = await newsroom.reach(server, "remove")(ids).catch((lost) => ({ error: lost.message }));
      if (error) newsroom.announce(error);
      else newsroom.announce(t("delete_done", { n: ids.length }), { label: t("undo"), onclick: () => restore(undo) });
      changed();
    }

    async function restore(undo) {
      const back = await newsroom.reach(server, "restore")(undo).catch((lost) => newsroom.announce(lost.message));
      if (back === false) newsroom.announce(t("too_late"));
      changed();
    }

    function changed() {
      chosen.clear();
      document.dispatchEvent(new Event("newsroom:library"));
    }

    // What can be done with the articles that are ticked.
    function drawChosen() {
      const picked = articles.filter(({ id }) => chosen.has(id));
      picks.hidden = !picked.length;
      picks.replaceChildren(el("span", {}, t("chosen", { n: picked.length })),
        el("button.quiet", { type: "button", onclick: () => {
          document.dispatchEvent(new CustomEvent("newsroom:chosen", { detail: picked }));
          document.getElementById("tab-ask-button")?.click();
        } }, t("chosen_ask")),
        picked.some(({ sample }) => sample) ? "" : el("button.quiet", { type: "button", onclick: () => remove(picked.map(({ id }) => id)) }, t("delete")));
    }

    // How the articles spread over publishers, languages and months: the most frequent of each, as bars.
    function drawGlance() {
      const bars = (label, key, word) => {
        const counts = new Map();
        for (const value of articles.map(key).filter(Boolean)) counts.set(value, (counts.get(value) ?? 0) + 1);
        const by = label === "col_month" ? ([a], [b]) => (a < b ? 1 : -1) : ([, a], [, b]) => b - a;
        const shown = [...counts].sort(by).slice(0, 6);
        const most = Math.max(...shown.map(([, n]) => n));
        return el("div", {}, el("h3", {}, t(label)), el("ul", {}, shown.map(([value, n]) =>
          el("li", {}, el("span", {}, word(value)), el("meter", { min: 0, max: most, value: n, "aria-hidden": "true" }), el("span.facts", {}, String(n))))));
      };
      glance.hidden = !articles.length;
      spread.replaceChildren(
        bars("col_publisher", (a) => a.publisher, (name) => name),
        bars("col_language", (a) => a.language, (language) => t(language)),
        bars("col_month", (a) => a.published_at?.slice(0, 7), (month) => month));
    }
  };
})();
