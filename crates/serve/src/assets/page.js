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

  // Arrows turn the printed page, unless they move something else. Letters alone do nothing, so that voices and slips of the
  // hand cannot start anything; the fields have access keys.
  document.addEventListener("keydown", (event) => {
    if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
    const rel = { ArrowRight: "next", ArrowLeft: "prev" }[event.key];
    const link = rel && document.querySelector(`.tools a[rel=${rel}]`);
    if (link) { event.preventDefault(); link.click(); }
  });

  // Files that are dropped on a form become the files of its field.
  for (const form of document.querySelectorAll("[data-drop]")) {
    const field = document.getElementById(form.dataset.drop);
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      field.focus();
    });
  }

  // Follows a refresh without loading the page again.
  const progress = document.getElementById("progress");
  if (progress) {
    const look = async () => {
      const answer = await fetch("/api/refresh", { cache: "no-store" });
      const now = await answer.json();
      if (!now.running) { location.reload(); return; }
      progress.querySelector("progress").max = now.total || 1;
      progress.querySelector("progress").value = now.done;
      progress.querySelector("p").textContent = `${now.done} of ${now.total} files read`;
      setTimeout(look, 500);
    };
    setTimeout(look, 500);
  }
})();
