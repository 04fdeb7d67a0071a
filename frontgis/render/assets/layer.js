// The map's ground and its front, as one canvas that Leaflet moves and we redraw.

function makeLayer(painter) {
  const Layer = L.Renderer.extend({
    options: { padding: 0.3, pane: 'frontgis' },

    // Ground, what moves with time, and names lie on a canvas each, so that a step in time redraws only its own.
    _initContainer() {
      this._container = document.createElement('div');
      this._pens = ['ground', 'moving', 'names'].map(() => {
        const canvas = document.createElement('canvas');
        canvas.setAttribute('aria-hidden', 'true');
        canvas.className = 'frontgis-canvas';
        this._container.append(canvas);
        return canvas.getContext('2d');
      });
    },

    _destroyContainer() {
      this._container.remove();
      this._container = undefined;
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.redraw();
    },

    view() {
      const ratio = Math.min(window.devicePixelRatio || 1, 3);
      const zoom = this._map.getZoom();
      const scale = 2 ** zoom;
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const [x, y] = painter.data.origin;
      const left = x * scale - corner.x;
      const top = y * scale - corner.y;
      const size = this._bounds.getSize();
      return {
        zoom,
        ratio,
        kilometre: (scale * ratio * 256) / 40075 / Math.cos((this._center.lat * Math.PI) / 180),
        width: Math.round(size.x * ratio),
        height: Math.round(size.y * ratio),
        offset: [Math.round(left * ratio), Math.round(top * ratio)],
        matrix: new DOMMatrix([scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio]),
      };
    },

    pen() {
      return this._pens[2];
    },

    redraw() {
      const view = this.view();
      L.DomUtil.setPosition(this._container, this._bounds.min);
      for (const { canvas } of this._pens) {
        canvas.width = view.width;
        canvas.height = view.height;
        canvas.style.width = `${this._bounds.getSize().x}px`;
        canvas.style.height = `${this._bounds.getSize().y}px`;
      }
      painter.paintGround(this._pens[0], view);
      painter.paintMoving(this._pens[1], view);
      painter.paintNames(this._pens[2], view);
    },

    // What a step in time changes: where it can be seen at once, beyond the screen's edge when nothing moves any more.
    step() {
      const view = this.view();
      const { ratio } = view;
      const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
      const size = this._map.getSize();
      this.repaint({ ...view, clip: [corner.x * ratio, corner.y * ratio, size.x * ratio, size.y * ratio] });
      window.clearTimeout(this._rest);
      this._rest = window.setTimeout(() => this.repaint(this.view()), 250);
    },

    rename() {
      this._pens[2].setTransform(1, 0, 0, 1, 0, 0);
      this._pens[2].clearRect(0, 0, this._pens[2].canvas.width, this._pens[2].canvas.height);
      painter.paintNames(this._pens[2], this.view());
    },

    repaint(view) {
      const pen = this._pens[1];
      const [x, y, wide, high] = view.clip || [0, 0, view.width, view.height];
      pen.save();
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.beginPath();
      pen.rect(x, y, wide, high);
      pen.clip();
      pen.clearRect(x, y, wide, high);
      painter.paintMoving(pen, view);
      pen.restore();
    },
  });
  return new Layer();
}
