// The columns of a table of members, and where a row has them: [name, verdict, p-value, reason, interactions, registered, first seen,
// last seen]. A column of which no row has anything is left out.
const columns = [
  { title: "Account", className: "name", of: row => row[0] },
  { title: "Verdict", className: "", of: row => row[1] },
  { title: "Interactions", className: "number", of: row => row[4], show: number },
  { title: "Registered", className: "time", of: row => row[5], show: time },
  { title: "First seen", className: "time", of: row => row[6], show: time },
  { title: "Last seen", className: "time", of: row => row[7], show: time },
  { title: "p-value", className: "number", of: row => row[2], show: probability },
  { title: "Why", className: "why", of: row => known(row[3]) ? data.reasons[row[3]] : null },
];

const rowsOfAPage = 15;
const compare = (a, b) => typeof a === "string" ? (a < b ? -1 : a > b ? 1 : 0) : a - b;

const buttonOf = (text, onClick) => {
  const button = element("button", "", text);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
};

class Members {
  constructor(root) {
    this.root = root;
    this.rows = data.campaigns[+root.dataset.campaign].members;
    this.columns = columns.filter((column, i) => i < 2 || this.rows.some(row => known(column.of(row))));
    this.sorted = null;
    [this.filter, this.select] = [root.querySelector("input"), root.querySelector("select")];
    this.filter.addEventListener("input", () => this.choose());
    this.select.addEventListener("change", () => this.choose());
    this.addHead();
    this.addPager();
    this.addNames();
    this.choose();
  }

  addHead() {
    const row = element("tr");
    this.heads = this.columns.map(({ title, className }, i) => {
      const head = element("th", className === "number" ? "number" : "");
      head.scope = "col";
      head.append(buttonOf(title, () => this.sortBy(i)));
      row.append(head);
      return head;
    });
    this.root.querySelector("thead").append(row);
  }

  addPager() {
    const turn = by => () => {
      this.page += by;
      this.show();
    };
    [this.previous, this.next, this.where] = [buttonOf("← Previous", turn(-1)), buttonOf("Next →", turn(1)), element("span")];
    if (this.rows.length > rowsOfAPage) this.root.querySelector(".pager").append(this.previous, this.where, this.next);
  }

  addNames() {
    const [details, area] = [this.root.querySelector("details"), this.root.querySelector("textarea")];
    const [copy, said] = [this.root.querySelector(".copy"), details.querySelector("output")];
    details.addEventListener("toggle", () => {
      area.value ||= this.rows.map(row => row[0]).join("\n");
    });
    copy.addEventListener("click", async () => {
      area.select();
      const copied = await navigator.clipboard?.writeText(area.value).then(() => true, () => false) || document.execCommand("copy");
      said.textContent = copied ? `${count(this.rows.length, "name")} copied.` : "Copying is not allowed here; the names are selected.";
    });
  }

  // A second click turns the order; figures and verdicts begin with the largest.
  sortBy(index) {
    const first = index === 1 || this.columns[index].className === "number" ? -1 : 1;
    this.sorted = { index, direction: this.sorted?.index === index ? -this.sorted.direction : first };
    this.heads.forEach((head, i) => {
      if (i === index) head.setAttribute("aria-sort", this.sorted.direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    this.choose();
  }

  choose() {
    const words = this.filter.value.trim().toLowerCase();
    const verdict = verdicts.indexOf(this.select.value);
    const says = row => row[0].toLowerCase().includes(words) || (known(row[3]) && data.reasons[row[3]].toLowerCase().includes(words));
    this.chosen = this.rows.filter(row => (verdict < 0 || row[1] === verdict) && (!words || says(row)));
    if (this.sorted) this.sort();
    this.page = 0;
    this.show();
  }

  // What is not known comes last in either direction.
  sort() {
    const { of } = this.columns[this.sorted.index];
    this.chosen.sort((a, b) => {
      const [x, y] = [of(a), of(b)];
      return known(x) && known(y) ? this.sorted.direction * compare(x, y) : known(y) - known(x);
    });
  }

  show() {
    const pages = Math.max(1, Math.ceil(this.chosen.length / rowsOfAPage));
    const shown = this.chosen.slice(this.page * rowsOfAPage, (this.page + 1) * rowsOfAPage);
    this.root.querySelector("tbody").replaceChildren(...shown.map(row => this.line(row)));
    const all = count(this.rows.length, "account");
    this.root.querySelector(".tools output").textContent = shown.length && this.chosen.length === this.rows.length
      ? all
      : `${number(this.chosen.length)} of ${all}`;
    this.where.textContent = `Page ${number(this.page + 1)} of ${number(pages)}`;
    this.previous.disabled = this.page === 0;
    this.next.disabled = this.page >= pages - 1;
  }

  line(row) {
    const line = element("tr");
    const name = element("th", "name");
    name.scope = "row";
    name.append(element("bdi", "", row[0]));
    const verdict = element("td");
    verdict.append(element("span", `verdict ${verdicts[row[1]]}`, verdicts[row[1]]));
    line.append(name, verdict, ...this.columns.slice(2).map(column => this.cell(column, column.of(row))));
    return line;
  }

  cell({ className, show }, value) {
    const text = !known(value) ? "–" : show ? show(value) : value;
    if (className !== "time") return element("td", className, text);
    const cell = element("td", className);
    text.split(" ").forEach(part => cell.append(element("span", "", part), " "));
    return cell;
  }
}
