"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      const value = (row) => row.cells[column].dataset.number;
      const compare = (a, b) => column
        ? Number(value(b)) - Number(value(a))
        : b.cells[0].textContent.localeCompare(a.cells[0].textContent);
      rows.sort((a, b) => (down ? compare(a, b) : compare(b, a)));
      table.tBodies[0].append(...rows);
    });
  });
}
