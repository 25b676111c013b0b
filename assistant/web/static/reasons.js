// The checker's reasons in the page's language. The checker words them in English (assistant/checker/), one form each.
(() => {
  const { newsroom } = window;

  const FORMS = [
    ["reason_owner", /^contradicts: (?<said>.+), as the claim gives it vs (?<given>.+) in the text$/s],
    ["reason_denied", /^contradicts: (?<said>.+) vs no such denial$/s],
    ["reason_affirmed", /^contradicts: says that it is so vs (?<given>.+)$/s],
    ["reason_not_here", /^contradicts: not (?<said>\S+) vs (?<given>.+)$/s],
    ["reason_not_there", /^contradicts: (?<said>.+) vs not (?<given>\S+)$/s],
    ["reason_contradicts", /^contradicts: (?<said>.+) vs (?<given>.+)$/s],
    ["reason_missing", /^not in the cited text: (?<said>.+)$/s],
    ["reason_agrees", /^agrees: (?<said>.+)$/s],
    ["reason_quote", /^the cited words themselves$/],
    ["reason_nothing_alike", /^no article says anything like it$/],
    ["reason_unchecked", /^nothing to check$/],
    ["reason_uncited", /^no citation$/],
  ];

  // A reason of a form that is not known here is shown as it is.
  newsroom.reason = (reason) => {
    for (const [key, form] of FORMS) {
      const found = form.exec(reason);
      if (found) return newsroom.t(key, found.groups);
    }
    return reason;
  };
})();
