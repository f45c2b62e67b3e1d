/* global Search, Stemmer, splitQuery, stopwords */
/* exported Scorer */
// Sphinx calls this for every result of a search. The words of docs/_data/search.toml are main
// entries of the index: a page rises with the share of the query that they cover, in any order.
// A page about another library rises only for its names.
/** @param {string} text */
const stems = (text) => {
  const stemmer = new Stemmer();
  const words = splitQuery(text.toLowerCase()).filter((word) => !stopwords.has(word));
  return words.map((word) => stemmer.stemWord(word));
};

/** @param {string} docname @param {string[]} query */
const coverage = (docname, query) => {
  const page = Search._index.docnames.indexOf(docname);
  const known = Object.entries(Search._index.indexentries)
    .filter(([, places]) => places.some(([file, , isMain]) => file === page && isMain))
    .flatMap(([entry]) => stems(entry));
  return query.filter((word) => known.includes(word)).length / (query.length || 1);
};

var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: {0: 15, 1: 5, 2: -5},
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  /** @param {[string, string, string, string, number]} result */
  score: ([docname, title, , , score]) => {
    /** @type {NodeListOf<HTMLInputElement>} */
    const inputs = document.querySelectorAll('input[name="q"]');
    const query = [...inputs].map((input) => input.value).find(Boolean) ?? "";
    const isNamed = title.toLowerCase().endsWith(query.toLowerCase().trim());
    const own = docname.startsWith("coming-from/") && !isNamed ? score / 3 : score;
    return own + 30 * coverage(docname, stems(query)) ** 2;
  },
};
