// Labels were placed when the page was made: here they are only filtered by zoom and drawn.

const LABEL_STYLES = {
  city: { font: '600 15px', spacing: 0, ink: 'ink', dot: 3 },
  seat: { font: '600 13px', spacing: 0, ink: 'ink', dot: 2.6 },
  town: { font: '400 12.5px', spacing: 0, ink: 'ink', dot: 2.2 },
  village: { font: '400 11.5px', spacing: 0, ink: 'ink', dot: 1.7 },
  country: { font: '600 13px', spacing: 3, ink: 'quiet-ink' },
  unit: { font: '400 11px', spacing: 2, ink: 'quiet-ink' },
  sea: { font: 'italic 400 14px', spacing: 2, ink: 'water-ink' },
  river: { font: 'italic 400 11px', spacing: 0.5, ink: 'water-ink' },
  gained: { font: '600 13px', spacing: 0, ink: 'gained' },
  lost: { font: '600 13px', spacing: 0, ink: 'lost' },
};

const FAMILY = 'frontgis-sans, "Arial Narrow", sans-serif';

function shownLabels(labels, zoom) {
  const whole = Math.floor(zoom + 1e-6);
  return labels.filter((label) => label.from <= whole && whole <= label.to);
}

// Boxes in CSS pixels of the canvas, for hit tests and for the test that none overlap.
function labelBox(label, view) {
  const x = label.x * (view.matrix.a / view.ratio) + view.matrix.e / view.ratio;
  const y = label.y * (view.matrix.d / view.ratio) + view.matrix.f / view.ratio;
  return { at: [x, y], box: [x + label.box[0], y + label.box[1], x + label.box[2], y + label.box[3]] };
}

function paintLabels(context, view, painter) {
  const shown = shownLabels(painter.data.labels, view.zoom).filter((label) => !painter.hidden.has(label.layer));
  context.save();
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.lineJoin = 'round';
  for (const label of shown) if (LABEL_STYLES[label.style].dot) paintDot(context, view, painter.theme, label);
  for (const label of [...shown].reverse()) paintText(context, view, painter.theme, label);
  context.restore();
}

function paintDot(context, view, theme, label) {
  const { at } = labelBox(label, view);
  const { dot } = LABEL_STYLES[label.style];
  context.beginPath();
  context.arc(at[0], at[1], dot, 0, 2 * Math.PI);
  context.fillStyle = theme.dark ? theme.ink : '#ffffff';
  context.strokeStyle = theme.dark ? theme.halo : theme.ink;
  context.lineWidth = 1.1;
  context.fill();
  context.stroke();
}

function paintText(context, view, theme, label) {
  const style = LABEL_STYLES[label.style];
  const { at } = labelBox(label, view);
  context.font = `${style.font} ${FAMILY}`;
  if ('letterSpacing' in context) context.letterSpacing = `${style.spacing}px`;
  context.save();
  context.translate(at[0], at[1]);
  if (label.angle) context.rotate(label.angle);
  context.strokeStyle = theme.halo;
  context.globalAlpha = style.spacing ? 0.55 : 0.85;
  context.lineWidth = 3;
  context.strokeText(label.text, label.dx, label.dy);
  context.globalAlpha = 1;
  context.fillStyle = theme[style.ink];
  context.fillText(label.text, label.dx, label.dy);
  context.restore();
}
