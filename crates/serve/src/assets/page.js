// Makes the pages smoother. Everything works without it.
(() => {
  "use strict";
  const box = () => document.getElementById("q");

  // Copies the text of a field.
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        field.select();
        document.execCommand("copy");
      }
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }

  // An option of the search takes effect at once.
  for (const option of document.querySelectorAll(".search .options input")) {
    option.addEventListener("change", () => { if (box().value.trim()) option.form.requestSubmit(); });
  }

  // "/" goes to the box; n and p go to the next and previous hit of a report, arrows turn the printed page.
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const follow = (selector) => {
      const link = document.querySelector(selector);
      if (link) { event.preventDefault(); link.click(); }
    };
    if (event.key === "/" && box()) { event.preventDefault(); box().focus(); box().select(); }
    else if (event.key === "n" || event.key === "p") turn(event.key === "n" ? 1 : -1);
    else if (event.key === "ArrowRight") follow(".tools a[rel=next]");
    else if (event.key === "ArrowLeft") follow(".tools a[rel=prev]");
  });

  let current = -1;
  function turn(step) {
    const hits = document.querySelectorAll(".body mark");
    if (!hits.length) return;
    current = (current + step + hits.length) % hits.length;
    hits[current].scrollIntoView({ block: "center" });
  }

  // A file that is dropped on the text of an article becomes the file of the form.
  const article = document.getElementById("article");
  const file = document.getElementById("file");
  if (article && file) {
    article.addEventListener("dragover", (event) => event.preventDefault());
    article.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      file.files = event.dataTransfer.files;
      file.focus();
    });
  }

  // Follows a refresh without loading the page again.
  const progress = document.getElementById("progress");
  if (progress) {
    const look = async () => {
      const answer = await fetch("/api/refresh", { cache: "no-store" });
      const now = await answer.json();
      if (!now.running) { location.assign("/corpus"); return; }
      progress.querySelector("progress").max = now.total || 1;
      progress.querySelector("progress").value = now.done;
      progress.querySelector("p").textContent = `${now.done} of ${now.total} files read`;
      setTimeout(look, 500);
    };
    setTimeout(look, 500);
  }
})();
