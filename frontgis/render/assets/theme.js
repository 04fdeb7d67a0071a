// Colours come from the page's CSS custom properties, so that one palette serves both themes.

const COLOURS = [
  'sea', 'land', 'abroad', 'coast', 'state-border', 'unit-border', 'unit-border-held', 'river', 'former-water',
  'ink', 'quiet-ink', 'water-ink', 'halo', 'held', 'front', 'casing', 'gained', 'lost', 'contested', 'incursion',
];

function readTheme(element) {
  const style = getComputedStyle(element);
  const theme = {};
  for (const name of COLOURS) theme[name] = style.getPropertyValue(`--${name}`).trim() || '#888888';
  theme.dark = style.getPropertyValue('--dark').trim() === '1';
  return theme;
}

// A hatch of lines at 45°; `turn` 1 leans right, -1 left. The tile repeats without seams.
function hatch(context, colour, { size = 6, width = 1.3, turn = 1, ratio = 1, offset = [0, 0] }) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(size * ratio);
  const pen = tile.getContext('2d');
  const side = tile.width;
  pen.strokeStyle = colour;
  pen.lineWidth = width * ratio;
  pen.beginPath();
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - 1, turn > 0 ? side + 1 : -1);
    pen.lineTo(shift + side + 1, turn > 0 ? -1 : side + 1);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern.setTransform(new DOMMatrix([1, 0, 0, 1, offset[0] % side, offset[1] % side]));
  return pattern;
}
