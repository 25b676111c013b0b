// The Check tab: a draft, and sentence by sentence what the articles say to it; the reading pane beside it.
(() => {
  const { newsroom } = window;
  const { el, t, icon, iconButton } = newsroom;
  const VERDICTS = ["contradicted", "nothing", "supported"];
  const SIGNS = { supported: "check", contradicted: "close", nothing: "question" };

  // value: {number, status, total, sentences: [{text, verdict, why, evidence}], articles, error}, as it comes in.
  newsroom.checking = (element, trigger, props, server, watch) => {
    const narrow = matchMedia("(max-width: 900px)");
    let view = { number: 0, status: "none", sentences: [] };
    let wanted = null; // the verdict that is shown alone
    let items = []; // what the reading pane walks through: the sentences that have evidence

    const input = el("textarea.draft", { rows: "10", "aria-label": t("check_draft"), placeholder: t("check_placeholder"), oninput: ready });
    const start = el("button.primary-button", { type: "button", onclick: () => (busy() ? halt() : examine()) });
    const state = el("p.check-state", { role: "status" });
    const bar = el("progress", { "aria-hidden": "true", hidden: true });
    const picks = el("div.verdicts", { role: "group", "aria-label": t("check_filter"), hidden: true });
    const tools = el("div.tools");
    const list = el("ol.findings", { "aria-label": t("check_findings") });
    const pane = el("aside");
    element.querySelector(".desk").append(
      el("section.talk", {}, el("div.checking", { tabindex: "0", role: "region", "aria-label": t("tab_check") },
        el("h2", {}, t("check_title")), el("p.hint", {}, t("check_detail")),
        input, el("div.check-run", {}, start, state), bar, picks, list, tools)),
      pane);
    const reader = new newsroom.Reader(pane, { check: newsroom.reach(server, "check"), narrow, empty: "check_reader_empty" });
    reader.onmove = markCurrent;
    reader.listen(element);
    watch("value", () => update(props.value));
    ready();

    function busy() {
      return view.status === "running";
    }

    function ready() {
      start.textContent = t(busy() ? "stop" : "check_start");
      start.disabled = !busy() && !input.value.trim();
    }

    function examine() {
      const number = view.number + 1;
      view = { number, status: "running", total: null, sentences: [], articles: {} };
      wanted = null;
      items = [];
      list.replaceChildren();
      reader.clear();
      draw();
      trigger("examine", { number, draft: input.value });
    }

    function halt() {
      trigger("halt");
      view = { ...view, status: "stopped" };
      draw();
    }

    function update(news) {
      if (news?.number !== view.number || !busy()) return; // a late word about a draft that was given up
      view = news;
      draw();
    }

    function draw() {
      const { status, total, sentences } = view;
      const n = sentences.length;
      ready();
      input.rows = n ? 5 : 10;
      sentences.slice(list.children.length).forEach((sentence) => list.append(row(sentence)));
      bar.hidden = !busy();
      if (total) Object.assign(bar, { max: total, value: n });
      else bar.removeAttribute("value");
      state.classList.toggle("bad", status === "failed");
      state.textContent = status === "failed" ? view.error ?? t("unexpected")
        : status === "stopped" ? t("check_stopped", { n, total: total ?? "?" })
        : status === "running" ? (total ? t("check_progress", { n, total }) : t("check_preparing"))
        : total ? t("check_done", { total }) : t("check_none");
      drawPicks();
      tools.replaceChildren(...(busy() || !n ? [] : [
        iconButton("copy", t("copy"), copy),
        iconButton("save", t("save_markdown"), () => newsroom.saveMarkdown(t("check_findings"), newsroom.draftMarkdown(findings(), citations()))),
        iconButton("print", t("save_page"), () => newsroom.saveDraftPage(findings(), citations())),
      ]));
    }

    function drawPicks() {
      const counts = VERDICTS.map((verdict) => [verdict, view.sentences.filter((one) => one.verdict === verdict).length]);
      picks.hidden = !view.sentences.length;
      picks.replaceChildren(
        pick(null, t("check_all", { n: view.sentences.length })),
        ...counts.filter(([, n]) => n).map(([verdict, n]) => pick(verdict, icon(SIGNS[verdict]), `${t(`verdict_${verdict}`)} ${n}`)));
      for (const item of list.children) item.hidden = wanted !== null && item.dataset.verdict !== wanted;
    }

    function pick(verdict, ...words) {
      return el(`button.verdict${verdict ? `.${verdict}` : ""}`, { type: "button", "aria-pressed": String(wanted === verdict), onclick: () => {
        wanted = verdict;
        drawPicks();
        picks.querySelector("[aria-pressed=true]")?.focus();
      } }, ...words);
    }

    function row({ text, verdict, why, evidence }) {
      const item = el("li.finding", { "data-verdict": verdict });
      if (evidence) items.push({ kind: "citation", address: evidence, article: view.articles[evidence.article] });
      const position = items.length - 1;
      const open = () => reader.open(items, position);
      const source = evidence && [evidence.publisher, evidence.title ?? t("untitled")].filter(Boolean).join(", ");
      item.append(
        el("p.words", {}, text, evidence && ["\u00a0", el("button.chip", { type: "button", "aria-label": t("cite", { n: position + 1, source }), title: source, onclick: open }, String(position + 1))]),
        el("p.verdict-line", {}, el(`span.verdict.${verdict}`, {}, icon(SIGNS[verdict]), t(`verdict_${verdict}`)), " ", el("span.why", {}, why[newsroom.language])),
        evidence ? el("button.evidence", { type: "button", onclick: open },
          el("span.facts", {}, verdict === "nothing" ? `${t("check_nearest")} · ` : "", source, newsroom.sampleBadge(evidence)), el("span", { lang: view.articles[evidence.article].language }, evidence.quote)) : "");
      if (evidence) item.position = position;
      return item;
    }

    function markCurrent(position) {
      for (const item of list.children) {
        const now = item.position === position;
        item.classList.toggle("current-finding", now);
        item.querySelector(".chip")?.classList.toggle("current", now);
        if (now) item.scrollIntoView({ block: "nearest" });
      }
    }

    function findings() {
      let number = 0;
      return view.sentences.map((one) => ({ ...one, number: one.evidence ? ++number : 0 }));
    }

    function citations() {
      return view.sentences.filter((one) => one.evidence).map((one) => one.evidence);
    }

    async function copy() {
      await navigator.clipboard.writeText(newsroom.draftMarkdown(findings(), citations()));
      newsroom.announce(t("copied"));
    }
  };
})();
