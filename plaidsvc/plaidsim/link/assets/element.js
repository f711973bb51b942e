// element makes a DOM node. Properties are set as properties, names with a dash
// as attributes. Children are nodes or strings, and a string is only ever text:
// nothing here can make markup of it.
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-')) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

// control is an element with a name that tests may rely on.
export function control(tag, id, properties, ...children) {
  return element(tag, { id, 'data-testid': id, ...properties }, ...children);
}
