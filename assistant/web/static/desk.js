// The Ask tab: the conversation and the composer on one side, the reading pane on the other.
(() => {
  const { newsroom } = window;
  const { el, t, icon, iconButton } = newsroom;
  const LONGEST_QUESTION = 2000; // as in assistant/chat.py

  newsroom.desk = (element, trigger, props, server, watch) => {
    const narrow = matchMedia("(max-width: 900px)");
    const turns = [];
    let count = 0;
    const askFacts = newsroom.reach(server, "facts");
    const askExamples = newsroom.reach(server, "examples");
    const fetchFacts = newsroom.newest(async () => ({ ...(await askFacts()), examples: await askExamples() }));
    let facts = null;

    const log = el("div.log", { role: "log", "aria-live": "polite", "aria-label": t("conversation"), tabindex: "0" });
    const input = el("textarea", { rows: "1", "aria-label": t("question"), placeholder: t("placeholder"), oninput: grow, onkeydown: onKey });
    const send = iconButton("send", t("send"), () => (busy() ? stop() : ask(input.value)), ".send");
    const note = el("p.note", { hidden: true });
    const reach = (name) => newsroom.reach(server, name);
    const filters = new newsroom.Filters(reach("choices"));
    const earlier = newsroom.history(
      { titles: reach("titles"), rename: reach("rename"), forget: reach("forget") },
      { open: reopen, gone: (id) => id === conversation && clear() },
    );
    const fresh = el("button.quiet.fresh", { type: "button", title: t("clear"), onclick: clear }, icon("plus"), t("clear"));
    const bar = el("div.talk-bar", {}, earlier, filters.node, fresh);
    let conversation = newId();
    const composer = el("form.composer", { onsubmit: (event) => event.preventDefault() }, input, send);
    const pane = el("aside");
    element.querySelector(".desk").append(el("section.talk", {}, bar, log, composer, note), pane);
    const reader = new newsroom.Reader(pane, { check: newsroom.reach(server, "check"), narrow });
    reader.onmove = (position) => markChips(position);
    reader.listen(element);

    watch("value", () => update(props.value));
    document.addEventListener("newsroom:library", loadFacts);
    document.addEventListener("keydown", onPageKey);
    loadFacts();
    welcome();
    if (!narrow.matches) input.focus(); // on a phone the keyboard would cover the page

    function running(view) {
      return ["searching", "writing"].includes(view?.status);
    }

    function busy() {
      return running(turns.at(-1)?.view);
    }

    function grow() {
      input.style.height = "auto"; // one row, and all there is to know while the tab is hidden
      if (input.scrollHeight) input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
      send.disabled = !busy() && !input.value.trim();
    }

    function onKey(event) {
      // While Hangul is being composed, Enter belongs to the input method.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (!busy()) ask(input.value);
    }

    function onPageKey(event) {
      if (event.key !== "/" || newsroom.isTyping(event) || !element.offsetParent) return;
      event.preventDefault();
      input.focus();
    }

    async function loadFacts() {
      facts = (await fetchFacts()) ?? facts;
      if (!facts) return;
      newsroom.status(facts);
      note.hidden = facts.model === null;
      note.textContent = facts.model === null ? "" : t("remote_note", facts);
      if (!turns.length) welcome();
    }

    // Names a conversation; the server keeps each under its user's name.
    function newId() {
      return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }

    async function reopen(id) {
      const views = await reach("turns")(id).catch((lost) => newsroom.announce(lost.message));
      if (!views?.length) return;
      clear();
      conversation = id;
      for (const view of views) draw(add({ ...view, number: ++count }));
      log.scrollTop = turns.at(-1).node.offsetTop;
    }

    function welcome() {
      const empty = facts?.articles === 0;
      const line = !facts ? "" : t(facts.sample ? "hello_sample" : empty ? "hello_empty" : "hello_own", { n: facts.articles });
      const questions = facts?.examples[newsroom.language] ?? [];
      log.replaceChildren(
        el("div.welcome", {},
          el("h2", {}, t("hello")),
          el("p", {}, t("hello_detail")),
          el("div.examples", { role: "group", "aria-label": t("examples") },
            questions.map((question) => el("button.example", { type: "button", onclick: () => ask(question) }, question))),
          facts && el("p.library-line", {}, line, " ",
            el("button.link", { type: "button", onclick: newsroom.showLibrary }, t("add_articles")))),
      );
      fresh.hidden = true;
      grow();
    }

    function clear() {
      if (busy()) trigger("stop");
      turns.length = 0;
      conversation = newId();
      reader.clear();
      welcome();
      input.focus();
    }

    function ask(text) {
      const question = text.trim();
      if (!question || busy()) return;
      if (question.length > LONGEST_QUESTION) return newsroom.announce(t("too_long", { n: question.length, most: LONGEST_QUESTION }));
      const turn = add({ number: ++count, question, status: "searching", sentences: [], citations: [], passages: [], notices: [], articles: {} });
      input.value = "";
      draw(turn);
      log.scrollTop = turn.node.offsetTop; // the question to the top; what comes below moves nothing
      const history = turns.slice(0, -1).filter((one) => one.view.status === "done").map((one) => one.view.question);
      const position = turns.length - 1;
      trigger("ask", { number: turn.view.number, question, history, filters: filters.value, conversation, position });
      watchOver(turn);
    }

    // A server that is gone sends no word of it: ask whether it is there for as long as its answer is awaited.
    function watchOver(turn) {
      const timer = setInterval(async () => {
        if (!running(turn.view)) return clearInterval(timer);
        try {
          await askFacts();
        } catch {
          clearInterval(timer);
          turn.view = { ...turn.view, status: "failed", error: t("lost") };
          draw(turn);
        }
      }, 4000);
    }

    function stop() {
      trigger("stop");
      const turn = turns.at(-1);
      turn.view = { ...turn.view, status: "stopped" };
      draw(turn);
    }

    function again(edit) {
      const turn = turns.pop();
      turn.node.remove();
      if (!edit) return ask(turn.view.question);
      if (!turns.length) welcome();
      else turns.at(-1).node.classList.add("last");
      input.value = turn.view.question;
      grow();
      input.focus();
    }

    function update(view) {
      const turn = turns.find((one) => one.view.number === view?.number);
      if (!turn || turn.view.status === "stopped") return; // a late word from a question that was given up
      turn.view = view;
      draw(turn);
    }

    // Puts a turn at the end of the conversation; `draw` fills it.
    function add(view) {
      if (!turns.length) log.replaceChildren();
      fresh.hidden = false;
      turns.at(-1)?.node.classList.remove("last");
      const turn = newTurn(view);
      turns.push(turn);
      log.append(turn.node);
      return turn;
    }

    function newTurn(view) {
      const turn = { view };
      turn.items = []; // what the reading pane walks through, one object for its life
      turn.articles = {};
      turn.understood = el("p.understood");
      turn.state = el("p.state");
      turn.intro = el("p.intro");
      turn.body = el("div.sentences");
      turn.tail = el("div.tail");
      turn.tools = el("div.tools");
      turn.form = el("div");
      turn.node = el("div.turn.last", {},
        el("p.asked", {}, el("span.visually-hidden", {}, t("you"), " "), view.question),
        turn.understood,
        el("div.answer", {}, turn.state, turn.intro, turn.body, turn.tail, turn.tools, turn.form));
      return turn;
    }

    function draw(turn) {
      const { view } = turn;
      collect(turn);
      turn.understood.textContent = view.understood_as ? t("understood", { question: view.understood_as }) : "";
      turn.state.replaceChildren(...state(turn));
      turn.intro.textContent = view.intro ?? "";
      turn.body.classList.toggle("quotes", view.answerer ? view.answerer === "extractive" : facts?.model === null);
      drawSentences(turn);
      turn.tail.replaceChildren(...tail(turn));
      turn.tools.replaceChildren(...tools(turn));
      send.replaceChildren(icon(busy() ? "stop" : "send"));
      send.title = t(busy() ? "stop" : "send");
      send.setAttribute("aria-label", send.title);
      turn.node.setAttribute("aria-busy", String(busy()));
      grow();
      if (turn.items.length && view.citations.length && turn === turns.at(-1)) {
        if (reader.list !== turn.items) reader.open(turn.items, 0, { sheet: false });
        else reader.refresh(turn.items);
      } else if (view.abstained && reader.list !== turn.items) reader.clear();
    }

    // Citations (or, when there is no answer, passages) as the reading pane takes them.
    function collect({ view, items, articles }) {
      const kind = view.citations.length ? "citation" : "passage";
      for (const address of (view.citations.length ? view.citations : view.passages).slice(items.length)) {
        const article = (articles[address.article] ??= view.articles[address.article]);
        items.push({ kind, address, article });
      }
    }

    function drawSentences(turn) {
      const { sentences } = turn.view;
      sentences.forEach((sentence, i) => {
        const key = JSON.stringify(sentence);
        const old = turn.body.children[i];
        if (old?.key === key) return; // what is on the screen stays: nothing jumps, nothing is read aloud twice
        const node = drawSentence(turn, sentence);
        node.key = key;
        if (old) old.replaceWith(node);
        else turn.body.append(node);
      });
      while (turn.body.children.length > sentences.length) turn.body.lastChild.remove();
    }

    function drawSentence(turn, sentence) {
      const doubt = ["unsupported", "contradicted"].includes(sentence.support);
      const space = sentence.text.lastIndexOf(" ") + 1;
      const end = sentence.text.length - space < 16 ? space : sentence.text.length; // a chip stays with the last word
      return el("p.sentence", {}, el("span.words", {}, sentence.text.slice(0, end)),
        el("span.ending", {}, sentence.text.slice(end), "\u00a0", sentence.citations.map((number) => chip(turn, number))),
        sentence.gloss && el("span.gloss", {}, sentence.gloss),
        doubt && el("details.doubt", {}, el("summary", {}, t(sentence.support)), el("span", {}, sentence.why?.[newsroom.language])));
    }

    function chip(turn, number) {
      const source = describe(turn.view.citations[number - 1]);
      const label = t("cite", { n: number, source });
      return el("button.chip", { type: "button", title: label, "aria-label": label, onclick: () => reader.open(turn.items, number - 1) }, String(number));
    }

    function describe({ publisher, title }) {
      return [publisher, title ?? t("untitled")].filter(Boolean).join(", ");
    }

    // One line above the answer: how far it is, then how it was made. Below, it would move with every sentence.
    function state({ view }) {
      if (running(view)) return [el("span.dots", { "aria-hidden": "true" }), t(view.status)];
      if (view.status === "stopped") return [t("stopped")];
      if (!view.citations.length) return [];
      return [view.answerer === "llm" ? t("worded", { model: facts?.model ?? "" }) : t("quoted")];
    }

    function tail(turn) {
      const { view } = turn;
      const parts = view.notices.map((notice) => el("p.notice", {}, notice));
      if (view.status === "failed") parts.push(el("p.notice.bad", {}, t("failed"), " ", view.error ?? t("unexpected")));
      if (view.abstained) parts.push(...abstention(turn));
      if (!running(view) && view.citations.length) {
        const show = (position) => reader.open(turn.items, position);
        parts.push(newsroom.sources(view, turn.articles, show), newsroom.timeline(view, show));
      }
      return parts.filter(Boolean);
    }

    function abstention(turn) {
      const passages = turn.view.passages;
      return [
        el("p.abstained", {}, turn.view.reason ?? t("abstained")),
        passages.length && el("p.hint", {}, t("nearest")),
        passages.length && el("ul.passages", {}, passages.map((passage, position) => {
          const article = turn.articles[passage.article];
          return el("li", {}, el("button.passage", { type: "button", onclick: () => reader.open(turn.items, position) },
            newsroom.facing(article),
            el("span.passage-text", { lang: article.language }, passage.quote)));
        })),
      ].filter(Boolean);
    }

    function tools(turn) {
      const { view } = turn;
      if (running(view)) return [];
      const place = () => ({ conversation, position: turns.indexOf(turn) });
      const feedback = newsroom.feedback(turn, {
        rate: (rating) => reach("rate")({ ...place(), rating }),
        save: (test) => reach("save_gold")({ ...place(), ...test }),
      });
      if (view.status === "done") turn.form.replaceChildren(feedback.form);
      return [
        ...(view.status === "done" ? feedback.buttons : []),
        ...(view.citations.length ? [
          iconButton("copy", t("copy"), () => copy(view)),
          iconButton("save", t("save_markdown"), () => newsroom.saveMarkdown(view.question, newsroom.markdown(view))),
          iconButton("print", t("save_page"), () => newsroom.savePage(view)),
        ] : []),
        iconButton("retry", t("retry"), () => again(false), ".only-last"),
        iconButton("edit", t("edit"), () => again(true), ".only-last"),
      ];
    }

    async function copy(view) {
      await navigator.clipboard.writeText(newsroom.markdown(view));
      newsroom.announce(t("copied"));
    }

    function markChips(position) {
      for (const turn of turns)
        for (const button of turn.node.querySelectorAll(".chip"))
          button.classList.toggle("current", turn.items === reader.list && +button.textContent === position + 1);
    }
  };
})();
