// The map's ground and its front, as one canvas that Leaflet moves and we redraw.

function makeLayer(painter) {
  const Layer = L.Renderer.extend({
    options: { padding: 0.5, pane: 'frontgis' },

    _initContainer() {
      this._container = document.createElement('canvas');
      this._container.setAttribute('aria-hidden', 'true');
      this._context = this._container.getContext('2d');
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
      return this._context;
    },

    redraw() {
      const view = this.view();
      const canvas = this._container;
      canvas.width = view.width;
      canvas.height = view.height;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.style.width = `${this._bounds.getSize().x}px`;
      canvas.style.height = `${this._bounds.getSize().y}px`;
      painter.paint(this._context, view);
    },
  });
  return new Layer();
}
