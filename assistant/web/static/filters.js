// Which articles are asked: by publisher, language and days, or the ones chosen in the library.
(() => {
  const { newsroom } = window;
  const { el, t } = newsroom;

  newsroom.Filters = class {
    constructor(fetchChoices) {
      this.fetchChoices = fetchChoices;
      this.chosen = [];
      this.summary = el("summary.quiet");
      this.card = el("div.card");
      this.node = el("details.filters", { ontoggle: () => this.node.open && this.load() }, this.summary, this.card);
      this.fields = { publishers: [], languages: [], since: null, until: null };
      document.addEventListener("newsroom:chosen", (event) => {
        this.chosen = event.detail;
        this.draw();
      });
      document.addEventListener("click", (event) => {
        if (this.node.open && !this.node.contains(event.target)) this.node.open = false;
      });
      document.addEventListener("keydown", (event) => event.key === "Escape" && (this.node.open = false));
      this.draw();
    }

    // What goes to the server with a question; null when all articles are asked.
    get value() {
      const chosen = { ...this.fields, articles: this.chosen.map((article) => article.id) };
      return Object.values(chosen).some((one) => one?.length) ? chosen : null;
    }

    draw() {
      const active = Object.values({ ...this.fields, chosen: this.chosen }).filter((one) => one?.length).length;
      this.summary.replaceChildren(newsroom.icon("filter"), t(active ? "filters_on" : "filters", { n: active }));
      this.summary.classList.toggle("active", active > 0);
      this.summary.title = this.summary.textContent;
    }

    async load() {
      const choices = await this.fetchChoices().catch(() => null);
      if (!choices) return;
      const { fields } = this;
      const change = (name, value) => {
        fields[name] = value;
        this.draw();
      };
      const many = (name, label, values, word) => el("fieldset", {}, el("legend", {}, t(label)), el("div.choices", {}, values.map((value) =>
        el("label", {}, el("input", {
          type: "checkbox", checked: fields[name].includes(value),
          onchange: ({ target }) => change(name, target.checked ? [...fields[name], value] : fields[name].filter((one) => one !== value)),
        }), " ", word(value)))));
      const day = (name) => {
        const input = el("input", { type: "date", min: choices.since, max: choices.until, "aria-label": t(name), onchange: () => change(name, input.value || null) });
        input.value = fields[name] ?? "";
        return el("label", {}, `${t(name)} `, input);
      };
      this.card.replaceChildren(
        this.chosen.length ? el("p", {}, t("filters_chosen", { n: this.chosen.length })) : "",
        choices.publishers.length ? many("publishers", "col_publisher", choices.publishers, (name) => name) : "",
        choices.languages.length > 1 ? many("languages", "col_language", choices.languages, (name) => t(name)) : "",
        choices.since ? el("fieldset.days", {}, el("legend", {}, t("col_date")), day("since"), day("until")) : "",
        el("button.quiet", { type: "button", onclick: () => this.clear() }, t("filters_clear")),
      );
    }

    clear() {
      this.fields = { publishers: [], languages: [], since: null, until: null };
      this.chosen = [];
      this.draw();
      this.load();
    }
  };
})();
