// The strip at the top: the name, and what answers here and where text goes.
(() => {
  const { newsroom } = window;
  const { el, t, icon } = newsroom;
  let strip = null;
  let facts = null;

  newsroom.header = (element) => {
    strip = element.querySelector(".strip");
    if (facts) newsroom.status(facts);
  };

  newsroom.showLibrary = () => document.getElementById("tab-library-button")?.click();

  newsroom.status = (news) => {
    facts = news;
    if (!strip) return;
    const open = strip.querySelector("details")?.open;
    const remote = facts.model !== null;
    const line = (name, value) => [el("dt", {}, t(name)), el("dd", {}, value)];
    strip.replaceChildren(
      el("h1.visually-hidden", {}, t("product")),
      el("details.status", { open },
        el("summary", { title: t("settings") },
          el(`span.light${remote ? ".remote" : ""}`, { "aria-hidden": "true" }),
          el("span.status-text", {}, t(remote ? "remote" : "local", facts)), icon("info")),
        el("div.status-card", {},
          el("p", {}, t(remote ? "remote_detail" : "local_detail", facts)),
          el("dl", {},
            line("setting_answerer", remote ? t("remote", facts) : t("local")),
            line("setting_articles", `${t("count", { n: facts.articles })}${facts.sample ? ` (${t("sample")})` : ""}`),
            line("setting_library", facts.folder),
            line("setting_embedder", facts.embedder === "shipped" ? t("embedder_shipped") : facts.embedder)),
          remote ? "" : el("p.hint", {}, t("setting_llm_help")))),
    );
  };

  document.addEventListener("click", (event) => {
    const details = strip?.querySelector("details");
    if (details?.open && !details.contains(event.target)) details.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const details = strip?.querySelector("details");
    if (event.key === "Escape" && details?.open) details.open = false;
  });
})();
