// An answer taken along: as Markdown with footnotes, or as a page to print. Made in the browser, of text only.
(() => {
  const { newsroom } = window;
  const { el, t } = newsroom;

  const note = (c) => [c.publisher, c.title, c.published_at && newsroom.date(c.published_at), `“${c.quote}”`, c.url].filter(Boolean);

  newsroom.markdown = (view) => {
    const marks = (sentence) => sentence.citations.map((n) => `[^${n}]`).join("");
    const body = [view.intro, view.sentences.map((s) => s.text + marks(s)).join(" ")].filter(Boolean).join("\n\n");
    const notes = view.citations.map((c, i) => `[^${i + 1}]: ${note(c).join(", ")}`);
    return `${body}\n\n${notes.join("\n")}\n`;
  };

  newsroom.saveMarkdown = (view) => save(`# ${view.question}\n\n${newsroom.markdown(view)}`, "text/markdown", "md");

  newsroom.savePage = (view) => {
    const page = document.implementation.createHTMLDocument(view.question);
    page.documentElement.lang = newsroom.language;
    const style = "body{font:12pt/1.7 serif;max-width:42em;margin:3em auto;padding:0 1em;word-break:keep-all}"
      + "h1{font-size:1.4em}li{margin:.5em 0;font-size:.9em}sup a{text-decoration:none}footer{margin-top:3em;color:#555;font-size:.85em}";
    page.head.prepend(el("meta", { charset: "utf-8" }));
    page.head.append(el("style", {}, style));
    page.body.append(
      el("h1", {}, view.question),
      view.intro ? el("p", {}, view.intro) : "",
      ...view.sentences.map((s) => el("p", {}, s.text, s.citations.map((n) => el("sup", {}, " ", el("a", { href: `#note-${n}` }, String(n)))))),
      el("h2", {}, t("sources")),
      el("ol", {}, view.citations.map((c, i) => el("li", { id: `note-${i + 1}` }, note({ ...c, url: null }).join(", "), " ",
        c.url && el("a", { href: c.url, rel: "noopener noreferrer" }, c.url.split("#")[0])))),
      el("footer", {}, `${t("product")} · ${new Date().toLocaleDateString(newsroom.language, { dateStyle: "long" })}`),
    );
    save(`<!DOCTYPE html>\n${new XMLSerializer().serializeToString(page.documentElement)}`, "text/html", "html");
  };

  function save(text, type, ending) {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    el("a", { href: url, download: `${t("answer_file")}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
})();
