// What is drawn, in order, from the ground up. A view says where: {zoom, ratio, matrix, width, height, offset}.

const HELD = ['occupied', 'occupied_before_2022', 'incursion_ru'];
const FRONTS = ['front_unmapped', 'front_contested', 'front_river', 'front_incursion', 'front_border'];
const ON_TOP = 8.5;
const DASHES = [7, 5];

class Painter {
  constructor(data, theme) {
    this.data = data;
    this.theme = theme;
    this.hidden = new Set(Object.keys(data.stories).filter((name) => !data.stories[name].shown));
    this.silent = new Set();
    this.trail = [];
  }

  shape(name) {
    return this.hidden.has(name) ? undefined : this.data.shapes[name];
  }

  // The named layer as one path in device pixels.
  path(name, view) {
    const shape = this.shape(name);
    if (!shape) return undefined;
    const path = new Path2D();
    path.addPath(shape.path(view.zoom), view.matrix);
    return path;
  }

  start(context, view) {
    this.view = view;
    this.context = context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.lineJoin = 'round';
    context.lineCap = 'round';
  }

  paintGround(context, view) {
    this.start(context, view);
    this.ground();
    this.relief();
    this.water();
    this.borders();
  }

  paintMoving(context, view) {
    this.start(context, view);
    this.control();
    this.bordersHeld();
    this.left();
    this.grey();
    this.change();
    this.front();
  }

  paintNames(context, view) {
    this.start(context, view);
    paintStories(context, view, this);
    paintLabels(context, view, this);
  }

  fill(name, style) {
    const path = this.path(name, this.view);
    if (!path) return;
    this.context.fillStyle = style;
    this.context.fill(path, 'evenodd');
  }

  stroke(name, style, width, dash = []) {
    const path = this.path(name, this.view);
    if (!path) return;
    const { context, view } = this;
    context.strokeStyle = style;
    context.lineWidth = width * view.ratio;
    context.setLineDash(dash.map((length) => length * view.ratio));
    context.stroke(path);
    context.setLineDash([]);
  }

  ground() {
    const { context, theme, view } = this;
    context.fillStyle = theme.abroad;
    context.fillRect(0, 0, view.width, view.height);
    this.fill('land', theme.land);
  }

  relief() {
    const { relief } = this.data;
    if (!relief || this.hidden.has('relief')) return;
    const { context, view } = this;
    const fade = Math.max(0, Math.min(1, (10.2 - view.zoom) / 2.2));
    if (!fade) return;
    const { a, d, e, f } = view.matrix;
    const [left, top, right, bottom] = relief.box;
    context.save();
    context.globalAlpha = fade * this.data.strength.relief;
    context.globalCompositeOperation = 'multiply';
    context.imageSmoothingQuality = 'high';
    const at = [left * a + e, top * d + f, (right - left) * a, (bottom - top) * d];
    context.drawImage(relief.image, ...at);
    context.restore();
  }

  water() {
    const { theme, view } = this;
    this.fill('sea', theme.sea);
    this.fill('water', theme.sea);
    this.stroke('sea', theme.coast, 0.8);
    if (view.zoom >= 6.5) this.stroke('water', theme.coast, 0.6);
    if (view.zoom < 10) this.stroke('rivers', theme.river, this.riverWidth());
    this.stroke('former_water', theme['former-water'], 1, [4, 3]);
  }

  riverWidth() {
    return this.view.zoom < 7 ? 0.9 : 1.4;
  }

  // Each status is one path, so no seams show; then water is cut out of all, down to the canvas below.
  control() {
    const { held, incursion } = this.data.strength;
    const alpha = this.view.zoom >= 11 ? 0.2 : held;
    for (const name of ['occupied', 'incursion_ru']) this.tint(name, this.theme.held, alpha);
    this.tint('occupied_before_2022', this.theme.held, alpha, 1);
    this.tint('incursion_ua', this.theme.incursion, incursion, -1);
    this.tint('presence', this.theme.held, 0.14);
    this.tint('claimed', this.theme.held, 0.14, -1);
    this.erase(['sea', 'water']);
    for (const name of ['presence', 'claimed']) this.stroke(name, this.theme.held, 1, [3, 3]);
    if (this.view.zoom >= 6) for (const name of HELD) this.stroke(name, this.theme['unit-border-held'], 0.7);
  }

  tint(name, colour, alpha, turn = 0) {
    this.context.globalAlpha = alpha;
    this.fill(name, colour);
    this.context.globalAlpha = 0.5;
    if (turn) this.fill(name, this.hatch(colour, { turn, width: 1, size: 5 }));
    this.context.globalAlpha = 1;
  }

  erase(names) {
    this.context.globalCompositeOperation = 'destination-out';
    for (const name of names) this.fill(name, '#000');
    this.context.globalCompositeOperation = 'source-over';
  }

  hatch(colour, options) {
    return hatch(this.context, colour, { ...options, ratio: this.view.ratio, offset: this.view.offset });
  }

  borders() {
    const { theme, view } = this;
    if (view.zoom >= 5.5) this.stroke('units', theme['unit-border'], 0.9);
    this.stroke('borders', theme['state-border'], view.zoom < 7 ? 1.1 : 1.5);
  }

  // What an incursion held before and does not any more.
  left() {
    const { context, theme } = this;
    context.globalAlpha = 0.5;
    this.fill('left', this.hatch(theme.incursion, { turn: -1, width: 1, size: 8 }));
    context.globalAlpha = 1;
    this.stroke('left', theme.incursion, 1, [4, 3]);
  }

  // Borders that held ground covers show through it, darker and dashed.
  bordersHeld() {
    const { context, theme, view } = this;
    if (view.zoom < 5.5) return;
    context.save();
    const inside = new Path2D();
    for (const name of HELD) {
      const path = this.path(name, view);
      if (path) inside.addPath(path);
    }
    context.clip(inside, 'evenodd');
    this.stroke('units', theme['unit-border-held'], 0.9, [5, 3]);
    context.restore();
  }

  grey() {
    this.fill('contested', this.hatch(this.theme.contested, { turn: -1 }));
    this.stroke('contested', this.theme.contested, 0.8);
  }

  // On small scales change would vanish under the line: there it is widened and comes on top.
  change() {
    const { theme, view } = this;
    if (view.zoom >= 11) this.doubt();
    if (view.zoom < ON_TOP) return;
    this.fadeTrail();
    for (const name of ['gained', 'lost']) this.fill(name, theme[name]);
  }

  fadeTrail() {
    for (const { shape, way, alpha } of this.trail) if (!this.hidden.has(way)) this.fade(shape, this.theme[way], alpha);
  }

  // A line that is drawn from claims is dashed.
  front() {
    const { theme, view } = this;
    const strong = FRONTS.slice(0, -1);
    const width = view.zoom < 6 ? 1.6 : 2;
    const dashes = (name) => (this.data.shapes[name]?.dashed ? DASHES : []);
    for (const name of strong) this.stroke(name, theme.casing, width + 2);
    this.stroke('front_border', theme.casing, 3.2);
    for (const name of strong) this.stroke(name, theme.front, width, dashes(name));
    this.stroke('front_border', theme.front, 1.3, dashes('front_border'));
    if (view.zoom >= ON_TOP) return;
    this.fadeTrail();
    for (const name of ['gained', 'lost']) this.stroke(name, theme.casing, 4);
    for (const name of ['gained', 'lost']) {
      this.stroke(name, theme[name], 2.6);
      this.fill(name, theme[name]);
    }
  }

  fade(shape, colour, alpha) {
    const { context, view } = this;
    const path = new Path2D();
    path.addPath(shape.path(view.zoom), view.matrix);
    context.globalAlpha = alpha;
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 1.5 * view.ratio;
    context.fill(path, 'evenodd');
    if (view.zoom < ON_TOP) context.stroke(path);
    context.globalAlpha = 1;
  }

  // How far the source's drawing can be off: a soft band of half a kilometre and one on either side.
  doubt() {
    const { context, view, theme } = this;
    context.globalAlpha = 0.05;
    for (const km of [1, 2]) {
      for (const name of FRONTS) this.stroke(name, theme.front, (km * view.kilometre) / view.ratio);
    }
    context.globalAlpha = 1;
  }
}
