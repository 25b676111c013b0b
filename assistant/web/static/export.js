// An answer or a checked draft taken along: as Markdown with footnotes, or as a page to print. Made here, of text only.
(() => {
  const { newsroom } = window;
  const { el, t } = newsroom;

  const note = (c) => [c.publisher, c.title, c.published_at && newsroom.date(c.published_at), `“${c.quote}”`, c.url].filter(Boolean);

  // What an article or a model wrote must become no image, link or element of whatever shows the Markdown.
  const plain = (text) => text.replace(/!(?=\[)|\](?=\()|<(?=[a-z/!])/gi, "\\$&");

  const withNotes = (text, citations) =>
    `${[text, citations.map((c, i) => `[^${i + 1}]: ${plain(note(c).join(", "))}`).join("\n")].filter(Boolean).join("\n\n")}\n`;

  newsroom.markdown = (view) => {
    const marks = (sentence) => sentence.citations.map((n) => `[^${n}]`).join("");
    const body = [view.intro && plain(view.intro), view.sentences.map((s) => plain(s.text) + marks(s)).join(" ")].filter(Boolean);
    return withNotes(body.join("\n\n"), view.citations);
  };

  // `findings`: [{text, verdict, why, number}], where `number` is that of the citation, if any.
  newsroom.draftMarkdown = (findings, citations) => {
    const lines = findings.map(({ text, verdict, why, number }) =>
      `- **${t(`verdict_${verdict}`)}** ${plain(text)}${number ? `[^${number}]` : ""}\n  ${plain(why[newsroom.language])}`);
    return withNotes(lines.join("\n"), citations);
  };

  newsroom.saveMarkdown = (title, text) => save(`# ${plain(title)}\n\n${text}`, "text/markdown", "md");

  newsroom.savePage = (view) => printed(view.question, [
    view.intro ? el("p", {}, view.intro) : "",
    ...view.sentences.map((s) => el("p", {}, s.text, s.citations.map(mark))),
  ], view.citations);

  newsroom.saveDraftPage = (findings, citations) => printed(t("check_findings"), findings.map(({ text, verdict, why, number }) =>
    el("p", {}, el("b", {}, t(`verdict_${verdict}`)), " ", text, number && mark(number), el("br"), el("small", {}, why[newsroom.language]))),
    citations);

  const mark = (n) => el("sup", {}, " ", el("a", { href: `#note-${n}` }, String(n)));

  function printed(title, body, citations) {
    const page = document.implementation.createHTMLDocument(title);
    page.documentElement.lang = newsroom.language;
    const style = "body{font:12pt/1.7 serif;max-width:42em;margin:3em auto;padding:0 1em;word-break:keep-all}"
      + "h1{font-size:1.4em}li{margin:.5em 0;font-size:.9em}sup a{text-decoration:none}footer{margin-top:3em;color:#555;font-size:.85em}";
    page.head.prepend(el("meta", { charset: "utf-8" }));
    page.head.append(el("style", {}, style));
    page.body.append(
      el("h1", {}, title),
      ...body,
      el("h2", {}, t("sources")),
      el("ol", {}, citations.map((c, i) => el("li", { id: `note-${i + 1}` }, note({ ...c, url: null }).join(", "), " ",
        c.url && el("a", { href: c.url, rel: "noopener noreferrer" }, c.url.split("#")[0])))),
      el("footer", {}, `${t("product")} · ${new Date().toLocaleDateString(newsroom.language, { dateStyle: "long" })}`),
    );
    save(`<!DOCTYPE html>\n${new XMLSerializer().serializeToString(page.documentElement)}`, "text/html", "html");
  }

  function save(text, type, ending) {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    el("a", { href: url, download: `${t("answer_file")}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
})();
