// Labels were placed when the page was made: here they are only filtered by zoom and drawn.

const INKS = { country: 'quiet-ink', unit: 'quiet-ink', sea: 'water-ink', river: 'water-ink', gained: 'gained', lost: 'lost' };
const SWITCHES = { country: 'names', sea: 'names', river: 'rivers', unit: 'units', gained: 'gained', lost: 'lost' };

const FAMILY = 'frontgis-sans, "Arial Narrow", sans-serif';

// Rows of the data block, by style: text, lon, lat, dx, dy, first zoom; then of a place the number of its evidence and
// its ring in metres, of other names the last zoom and the angle.
function readLabels({ styles, labels }, origin) {
  const order = Object.keys(styles);
  return order.flatMap((style) =>
    (labels[style] || []).map(([text, lon, lat, dx, dy, from, ...more]) => {
      const [x, y] = mercator(lon, lat);
      const layer = SWITCHES[style] || 'settlements';
      const place = { to: 99, angle: 0, grades: more[0], ring: more[1] || 0 };
      const rest = styles[style].dot ? place : { to: more[0], angle: more[1] };
      return { text, style, layer, x: x - origin[0], y: y - origin[1], dx, dy, from, ...rest, ...styles[style] };
    }),
  );
}

function shownLabels(labels, zoom) {
  const whole = Math.floor(zoom + 1e-6);
  return labels.filter((label) => label.from <= whole && whole <= label.to);
}

// Where a label's point lies on the canvas, in CSS pixels.
function labelPoint(label, view) {
  const { a, d, e, f } = view.matrix;
  return [(label.x * a + e) / view.ratio, (label.y * d + f) / view.ratio];
}

// The box that a label's text fills, measured, for the test that none overlap.
function labelBox(context, label, view) {
  setType(context, label);
  const [x, y] = labelPoint(label, view);
  const wide = context.measureText(label.text).width;
  const [up, down] = [0.72 * label.size, 0.22 * label.size];
  if (label.dot || !label.angle) return [x + label.dx, y + label.dy - up, x + label.dx + wide, y + label.dy + down];
  const [turn, tilt] = [Math.abs(Math.cos(label.angle)), Math.abs(Math.sin(label.angle))];
  const halfWide = (wide * turn + (up + down) * tilt) / 2;
  const halfHigh = (wide * tilt + (up + down) * turn) / 2;
  return [x - halfWide, y - halfHigh, x + halfWide, y + halfHigh];
}

function setType(context, label) {
  context.font = `${label.font} ${FAMILY}`;
  if ('letterSpacing' in context) context.letterSpacing = `${label.spacing}px`;
}

function paintLabels(context, view, painter) {
  const shown = shownLabels(painter.data.labels, view.zoom).filter((label) => !painter.hidden.has(label.layer) && !painter.silent.has(label.style));
  context.save();
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.lineJoin = 'round';
  for (const label of shown) if (label.dot) paintDot(context, view, painter.theme, label);
  for (const label of [...shown].reverse()) paintText(context, view, painter.theme, label);
  context.restore();
}

function paintDot(context, view, theme, label) {
  const [x, y] = labelPoint(label, view);
  if (label.ring) paintRing(context, view, theme, label);
  context.beginPath();
  context.arc(x, y, label.dot, 0, 2 * Math.PI);
  context.fillStyle = theme.dark ? theme.ink : '#ffffff';
  context.strokeStyle = theme.dark ? theme.halo : theme.ink;
  context.lineWidth = 1.1;
  context.fill();
  context.stroke();
}

// How far off the place may lie.
function paintRing(context, view, theme, label) {
  const radius = ((label.ring / 1000) * view.kilometre) / view.ratio;
  if (radius < 2 * label.dot) return;
  context.beginPath();
  context.arc(...labelPoint(label, view), radius, 0, 2 * Math.PI);
  context.setLineDash([3, 3]);
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}

function paintText(context, view, theme, label) {
  setType(context, label);
  context.save();
  context.translate(...labelPoint(label, view));
  if (label.angle) context.rotate(label.angle);
  context.strokeStyle = theme.halo;
  context.globalAlpha = label.spacing ? 0.55 : 0.85;
  context.lineWidth = 3;
  context.strokeText(label.text, label.dx, label.dy);
  context.globalAlpha = 1;
  context.fillStyle = theme[INKS[label.style] || 'ink'];
  context.fillText(label.text, label.dx, label.dy);
  context.restore();
}
