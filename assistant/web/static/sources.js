// Under an answer: the articles it cites, a card each, and when they span days, a line of time.
(() => {
  const { newsroom } = window;
  const { el, t } = newsroom;

  // An article's face: title, publisher, date, and who else printed the same.
  newsroom.facing = (article) => {
    const facts = [article.publisher, newsroom.date(article.published_at)].filter(Boolean).join(" · ");
    const others = (article.also_in ?? []).map((other) => other.publisher ?? other.title ?? t("untitled"));
    return el("span", {}, el("b", { lang: article.language }, article.title ?? t("untitled")), " ",
      el("span.facts", {}, facts, newsroom.sampleBadge(article)),
      others.length ? el("span.facts", {}, t("also_in", { names: [...new Set(others)].join(", ") })) : "");
  };

  // One card for each cited article, in the order of its first citation; `open(position)` opens a citation.
  newsroom.sources = ({ citations }, articles, open) => {
    const numbers = new Map();
    citations.forEach(({ article }, i) => numbers.set(article, [...(numbers.get(article) ?? []), i + 1]));
    return el("ul.sources", { "aria-label": t("sources") }, [...numbers].map(([id, cited]) =>
      el("li", {}, el("button.source", { type: "button", onclick: () => open(cited[0] - 1) },
        el("span.numbers", {}, cited.join(" ")), newsroom.facing(articles[id])))));
  };

  // The cited sentences by the day of their article, the oldest first; null when all are of one day.
  newsroom.timeline = ({ citations }, open) => {
    const dated = citations.map((citation, i) => ({ ...citation, i, day: citation.published_at?.slice(0, 10) })).filter(({ day }) => day);
    const days = [...new Set(dated.map(({ day }) => day))].sort();
    if (days.length < 2) return null;
    return el("details.timeline", {}, el("summary", {}, t("timeline", { n: days.length })),
      el("ol", {}, days.map((day) => el("li", {}, el("time", { datetime: day }, newsroom.date(day, "medium")),
        dated.filter((one) => one.day === day).map(({ i, quote, publisher }) =>
          el("button.moment", { type: "button", onclick: () => open(i) }, publisher ? el("span.facts", {}, `${publisher} `) : "", quote))))));
  };
})();
