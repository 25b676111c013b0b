// The reading pane: one article, its cited sentences marked, one of them the current one.
(() => {
  const { newsroom } = window;
  const { el, t, icon, iconButton } = newsroom;

  // `list` is what next and previous walk through: [{address, article, kind: "citation" | "passage" | "preview"}].
  newsroom.Reader = class {
    constructor(root, { check, narrow, empty = "reader_empty" }) {
      this.root = root;
      this.empty = empty;
      this.check = check;
      this.narrow = narrow;
      this.list = [];
      this.current = -1;
      this.onmove = () => {};
      root.classList.add("reader");
      root.setAttribute("aria-label", t("reader"));
      this.clear();
    }

    clear() {
      this.list = [];
      this.current = -1;
      this.shown = null;
      this.root.replaceChildren(el("p.reader-empty", {}, t(this.empty)));
      this.close();
    }

    // While `element` is on the screen: n and p walk, Esc closes the sheet.
    listen(element) {
      document.addEventListener("keydown", (event) => {
        if (!element.offsetParent) return;
        if (event.key === "Escape") this.close();
        else if (newsroom.isTyping(event)) return;
        else if (event.key === "n") this.move(this.current + 1);
        else if (event.key === "p") this.move(this.current - 1);
      });
    }

    open(list, position, { sheet = true } = {}) {
      this.list = list;
      this.move(position);
      if (sheet) this.raise();
    }

    move(position) {
      if (position < 0 || position >= this.list.length) return;
      this.current = position;
      const item = this.list[position];
      if (this.shown?.article !== item.article || this.shown?.list !== this.list) this.draw(item);
      this.highlight(item);
      this.head(item);
      this.onmove(position);
      if (item.address) this.verify(item);
    }

    // More citations of the answer that is being read have come in.
    refresh(list) {
      if (this.list !== list || !this.shown) return;
      this.highlight(list[this.current], { scroll: false });
      this.head(list[this.current]);
    }

    draw({ article }) {
      this.shown = { article, list: this.list };
      this.bar = el("div.reader-bar");
      this.body = el("div.reader-body", { tabindex: "0" }, this.article(article));
      this.root.replaceChildren(this.bar, this.body);
    }

    // The heading is the article's own first line when that is its title, so that it can be cited and marked too.
    article(article) {
      const lines = article.paragraphs.map((pieces) => ({ pieces, text: pieces.map((p) => p.text).join("").trim() }));
      const titled = lines.length > 0 && lines[0].text === article.title;
      const paragraph = (tag, { pieces }) =>
        el(tag, {}, pieces.map((p) => el("span", { "data-start": p.start, "data-end": p.end }, p.text)));
      const facts = [article.author, newsroom.date(article.published_at)].filter(Boolean);
      return el(
        "article",
        { lang: article.language },
        el("p.kicker", {}, article.publisher ?? "", newsroom.sampleBadge(article)),
        titled ? paragraph("h1", lines[0]) : el("h1", {}, article.title ?? t("untitled")),
        el("p.byline", { lang: newsroom.language }, facts.join(" · ")),
        (titled ? lines.slice(1) : lines).map((line) => paragraph("p", line)),
      );
    }

    // Every citation of this article is marked with its number; the current one stands out.
    highlight(item, { scroll = true } = {}) {
      const spans = [...this.body.querySelectorAll("span[data-start]")];
      for (const span of spans) {
        span.className = "";
        span.onclick = null;
        span.removeAttribute("data-number");
      }
      const within = (address) =>
        spans.filter((s) => +s.dataset.start >= address.start && +s.dataset.end <= address.end && s.textContent.trim());
      this.list.forEach((other, position) => {
        if (other.article !== item.article || !other.address || other.kind === "passage") return;
        within(other.address).forEach((span, i) => {
          span.classList.add("mark");
          if (i === 0 && this.list.length > 1) span.dataset.number = position + 1;
          span.onclick = () => this.move(position);
        });
      });
      const now = item.address ? within(item.address) : [];
      now.forEach((span) => span.classList.add(item.kind === "passage" ? "near" : "current"));
      if (!scroll) return;
      this.show(now[0]);
    }

    show(span) {
      const height = this.body.clientHeight;
      const top = span ? span.getBoundingClientRect().top - this.body.getBoundingClientRect().top + this.body.scrollTop : 0;
      this.body.scrollTop = top < height * 0.6 ? 0 : top - height / 3; // with the headline in view when it can be
    }

    head(item) {
      const { current, list } = this;
      const label =
        item.kind === "citation" ? t("reader_position", { n: current + 1, total: list.length })
        : t(item.kind === "passage" ? "reader_passage" : "reader_preview");
      const step = (name, by) => {
        const button = iconButton(name, t(name), () => this.move(current + by));
        button.disabled = current + by < 0 || current + by >= list.length;
        return button;
      };
      const url = item.address?.url ?? item.article.url;
      const focused = this.bar.contains(document.activeElement) ? document.activeElement.title : null;
      this.bar.replaceChildren(
        ...(list.length > 1 ? [step("previous", -1), step("next", 1)] : []),
        el("span.reader-label", {}, label),
        url ? el("a.original", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, t("original"), icon("original")) : "",
        iconButton("close", t("close"), () => this.close(), ".sheet-close"),
      );
      if (focused) [...this.bar.querySelectorAll("button")].find((b) => b.title === focused && !b.disabled)?.focus();
    }

    // The text came with the answer; whether the library still says the same is asked when it is shown.
    async verify(item) {
      let state;
      try {
        state = await this.check(item.address);
      } catch {
        state = "unchecked";
      }
      if (state === "same" || this.list[this.current] !== item) return;
      const { article } = item;
      const notice = el("p.notice", { role: "status", lang: newsroom.language }, t(state));
      if (state === "unchecked") {
        if (!this.body.querySelector(".notice")) this.body.querySelector(".byline").after(notice);
        return;
      }
      this.shown = null;
      this.body.replaceChildren(
        el("article", { lang: article.language },
          el("p.kicker", {}, article.publisher ?? "", newsroom.sampleBadge(article)),
          el("h1", {}, article.title ?? t("untitled")),
          el("p.byline", { lang: newsroom.language }, newsroom.date(article.published_at)),
          notice,
          el("blockquote.current", {}, item.address.quote)),
      );
    }

    // On a narrow screen the pane is a sheet over the conversation.
    raise() {
      if (!this.narrow.matches) return;
      this.opener = document.activeElement;
      this.root.classList.add("raised");
      this.root.querySelector(".sheet-close")?.focus();
    }

    close() {
      if (!this.root.classList.contains("raised")) return;
      this.root.classList.remove("raised");
      this.opener?.focus();
    }
  };
})();
