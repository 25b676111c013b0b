// Earlier conversations: a list to open, rename and delete.
(() => {
  const { newsroom } = window;
  const { el, t, icon, iconButton } = newsroom;

  // `server`: titles(), rename({conversation, title}), forget(id). `open(id)` shows a conversation, `gone(id)` hears of a deleted one.
  newsroom.history = (server, { open, gone }) => {
    const list = el("ul.conversations");
    const close = iconButton("close", t("close"), () => dialog.close());
    const dialog = el("dialog.history", { "aria-label": t("history") }, el("div.dialog-head", {}, el("h2", {}, t("history")), close), list);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    const button = el("button.quiet", { type: "button", title: t("history"), onclick: show }, icon("history"), t("history"));
    return el("span", {}, button, dialog);

    async function show() {
      await load();
      dialog.showModal();
    }

    async function load() {
      const kept = await server.titles(null).catch((lost) => newsroom.announce(lost.message));
      if (!kept) return;
      list.replaceChildren(...(kept.length ? kept.map(row) : [el("li.hint", {}, t("history_empty"))]));
    }

    function row({ id, title, changed }) {
      const when = new Date(changed * 1000).toLocaleString(newsroom.language, { dateStyle: "medium", timeStyle: "short" });
      const item = el("li");
      const rest = () => item.replaceChildren(
        el("button.conversation", { type: "button", onclick: () => (dialog.close(), open(id)) }, el("b", {}, title), el("span.facts", {}, when)),
        iconButton("edit", t("rename_named", { title }), edit),
        iconButton("trash", t("delete_named", { title }), remove));
      const edit = () => {
        const input = el("input.filter", { value: title, maxlength: 120, "aria-label": t("rename") });
        const form = el("form", { onsubmit: async (event) => {
          event.preventDefault();
          await change(server.rename({ conversation: id, title: input.value }));
        } }, input, el("button.quiet", {}, t("rename_done")));
        item.replaceChildren(form);
        input.select();
      };
      const remove = async () => {
        await change(server.forget(id));
        gone(id);
      };
      rest();
      return item;
    }

    async function change(call) {
      const fault = await call.catch((lost) => lost.message);
      if (fault) newsroom.announce(fault);
      await load();
    }
  };
})();
