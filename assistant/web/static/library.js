// The Library tab: how adding goes, item by item, and the list of what is there.
(() => {
  const { newsroom } = window;
  const { el, t, iconButton } = newsroom;
  const PAGE = 100; // rows drawn at once

  // value: {items: [{source, title, status, reason}], done} while and after articles are added.
  newsroom.progress = (element, props, watch) => {
    const root = element.querySelector(".progress");
    root.setAttribute("aria-label", t("progress"));

    watch("value", () => {
      const { items, done } = props.value ?? { items: [], done: true };
      const failed = items.filter((item) => item.status === "failed").length;
      const summary = !items.length ? (done ? t("nothing_to_add") : t("working", { n: 0 }))
        : done ? t("summary", { ok: items.length - failed, failed }) : t("working", { n: items.length });
      root.replaceChildren(
        el(`p.summary${done ? "" : ".waiting"}`, { role: "status" }, done ? "" : el("span.dots", { "aria-hidden": "true" }), summary),
        el("ul", {}, items.map(line)),
      );
      if (done) document.dispatchEvent(new Event("newsroom:library"));
    });

    function line({ source, title, status, reason, words }) {
      const failed = status === "failed";
      const name = source || t("pasted");
      return el(`li.${status}`, {},
        el("span.state", {}, t(failed ? "item_failed" : status)),
        el("span.what", {}, el("b", {}, title || name), title && source ? el("span.facts", {}, ` ${name}`) : "",
          failed && el("span.reason", {}, words ? t(words) : reason)));
    }
  };

  newsroom.shelf = (element, server) => {
    const root = element.querySelector(".shelf");
    const count = el("span.facts");
    const filter = el("input.filter", { type: "search", placeholder: t("filter"), "aria-label": t("filter"), oninput: () => drawUpTo(PAGE) });
    const list = el("div.list");
    const dialog = el("dialog.preview");
    const pane = el("div");
    dialog.append(pane);
    root.append(el("div.list-head", {}, el("h2", {}, t("listing"), " ", count), filter), list, dialog);
    const reader = new newsroom.Reader(pane, { check: () => "same", narrow: { matches: false } });
    dialog.addEventListener("click", (event) => (event.target === dialog || event.target.closest(".sheet-close")) && dialog.close());
    const fetchArticles = newsroom.newest(newsroom.reach(server, "articles"));
    let articles = [];
    let most = PAGE;
    document.addEventListener("newsroom:library", load);
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
      const shown = articles.filter((a) => words.every((w) => `${a.title} ${a.publisher}`.toLowerCase().includes(w)));
      count.textContent = t("count", { n: articles.length });
      filter.hidden = articles.length < 6;
      if (!shown.length) return list.replaceChildren(el("p.hint", {}, t(articles.length ? "listing_none" : "listing_empty")));
      list.replaceChildren(el("table", {},
        el("thead", {}, el("tr", {}, ["col_title", "col_publisher", "col_date", "col_language"].map((key) => el("th", { scope: "col" }, t(key))), el("td"))),
        el("tbody", {}, shown.slice(0, most).map(row))));
      if (shown.length > most)
        list.append(el("button.quiet.more", { type: "button", onclick: () => drawUpTo(most + PAGE) }, t("more", { n: shown.length - most })));
    }

    function row(article) {
      const title = article.title ?? t("untitled");
      const actions = el("td.actions");
      const rest = () => actions.replaceChildren(iconButton("trash", t("delete_named", { title }), confirm));
      const cancel = () => {
        rest();
        actions.querySelector("button").focus();
      };
      const confirm = () => {
        const yes = el("button.danger", { type: "button", onclick: () => remove(article) }, t("delete_yes"));
        actions.replaceChildren(el("div.confirm", { role: "group", "aria-label": t("delete_sure") }, el("span", {}, t("delete_sure")), yes,
          el("button.quiet", { type: "button", onclick: cancel }, t("cancel"))));
        yes.focus();
      };
      rest();
      return el("tr", {},
        el("td.title", {}, el("button.link", { type: "button", lang: article.language, title: t("open", { title }), onclick: () => preview(article) }, title)),
        el("td", {}, article.publisher ?? ""),
        el("td.when", {}, article.published_at ? newsroom.date(article.published_at.slice(0, 10), "medium") : ""),
        el("td.tongue", {}, t(article.language)),
        article.sample ? el("td.actions", {}, newsroom.sampleBadge(article)) : actions);
    }

    async function preview({ id }) {
      const article = await newsroom.reach(server, "read")(id).catch((lost) => newsroom.announce(lost.message));
      if (!article) return load();
      reader.open([{ kind: "preview", article }], 0);
      dialog.showModal();
    }

    async function remove(article) {
      const failure = await newsroom.reach(server, "remove")(article.id).catch((lost) => lost.message);
      newsroom.announce(failure ?? t("delete_done", { title: article.title ?? t("untitled") }));
      document.dispatchEvent(new Event("newsroom:library"));
    }
  };
})();
