// paint gives a node a bank's colour, and words on it that can be read. What is
// no colour is not used.
export function paint(node, color) {
  if (!/^#[0-9a-f]{6}$/i.test(color ?? '')) return;
  node.style.backgroundColor = color;
  node.style.color = readableOn(color);
}

// readableOn picks black or white by the WCAG relative luminance of a colour;
// above 0.179 black has the better contrast.
function readableOn(color) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}
