// Calls `start(element)` once for every element that matches, now and whenever a fragment brings one.
const rules = [];

function apply(root) {
  for (const [selector, start, seen] of rules) {
    const found = root.matches?.(selector) ? [root] : [];
    for (const element of [...found, ...root.querySelectorAll(selector)]) {
      if (seen.has(element)) continue;
      seen.add(element);
      start(element);
    }
  }
}

export function watch(selector, start) {
  rules.push([selector, start, new WeakSet()]);
  apply(document);
}

new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) apply(node);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
