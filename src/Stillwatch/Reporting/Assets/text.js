"use strict";

// What the page was written with, and how its figures are told. The files of this script follow one another in one element.
const data = JSON.parse(document.getElementById("data").textContent);
const verdicts = ["clear", "review", "restrict", "block"];

// Text always enters the page as text: nothing here builds HTML from strings.
const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const known = value => value !== null && value !== undefined;
const number = value => value.toLocaleString("en-US");
const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
const time = minutes => new Date(minutes * 60000).toISOString().slice(0, 16).replace("T", " ");
const probability = p => p === 0 || p >= 0.0001 ? String(+p.toFixed(4)) : p.toExponential(1);
const shorten = (text, length) => text.length > length ? text.slice(0, length - 1) + "…" : text;
const short = value => value >= 1e6 ? `${+(value / 1e6).toFixed(1)} M` : value >= 1e3 ? `${+(value / 1e3).toFixed(1)} k` : number(value);
