/** Draws the matrix: on a canvas where there are very many cells, else as shapes, which print well at any size. */
export interface Painter {
  readonly element: HTMLElement | SVGElement;
  /** Begins a picture of this size. */
  begin(width: number, height: number, background: string): void;
  fill(x: number, y: number, width: number, height: number, color: string): void;
  outline(x: number, y: number, width: number, height: number, color: string, thickness: number): void;
  hatch(x: number, y: number, width: number, height: number, color: string): void;
  text(text: string, x: number, y: number, look: TextLook): void;
  end(): void;
}

export interface TextLook {
  readonly color: string;
  /** In pixels. */
  readonly size: number;
  readonly font: string;
  readonly isCentered?: boolean;
  /** From the bottom upwards. */
  readonly isUpright?: boolean;
}

/** More cells than this are painted on a canvas. */
export const mostShapes = 5000;

export function createPainter(cells: number): Painter {
  return cells > mostShapes ? createCanvasPainter() : createShapePainter();
}

function createCanvasPainter(): Painter {
  const element = document.createElement('canvas');
  const context = element.getContext('2d');
  if (!context) return createShapePainter();
  return {
    element,
    begin: (width, height, background) => {
      const scale = devicePixelRatio;
      element.width = Math.round(width * scale);
      element.height = Math.round(height * scale);
      element.style.width = `${width}px`;
      element.style.height = `${height}px`;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.fillStyle = background;
      context.fillRect(0, 0, width, height);
    },
    fill: (x, y, width, height, color) => {
      context.fillStyle = color;
      context.fillRect(x, y, width, height);
    },
    outline: (x, y, width, height, color, thickness) => {
      context.strokeStyle = color;
      context.lineWidth = thickness;
      context.strokeRect(x, y, width, height);
    },
    hatch: (x, y, width, height, color) => {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      context.beginPath();
      for (let at = -width; at < height; at += hatchStep) {
        context.moveTo(x, y + at + width);
        context.lineTo(x + width, y + at);
      }
      context.strokeStyle = color;
      context.lineWidth = 1;
      context.stroke();
      context.restore();
    },
    text: (text, x, y, { color, size, font, isCentered, isUpright }) => {
      context.fillStyle = color;
      context.font = `${size}px ${font}`;
      context.textAlign = isCentered ? 'center' : 'left';
      context.textBaseline = 'middle';
      if (!isUpright) return context.fillText(text, x, y);
      context.save();
      context.translate(x, y);
      context.rotate(-Math.PI / 2);
      context.fillText(text, 0, 0);
      context.restore();
    },
    end: () => undefined,
  };
}

/** Pixels between two lines of a hatching. */
const hatchStep = 6;

const namespace = 'http://www.w3.org/2000/svg';

function createShapePainter(): Painter {
  const element = document.createElementNS(namespace, 'svg');
  let shapes: SVGElement[] = [];
  const add = (tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
    const shape = document.createElementNS(namespace, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
    shapes.push(shape);
    return shape;
  };
  return {
    element,
    begin: (width, height, background) => {
      shapes = [];
      element.setAttribute('width', String(width));
      element.setAttribute('height', String(height));
      add('rect', { width, height, fill: background });
    },
    fill: (x, y, width, height, fill) => add('rect', { x, y, width, height, fill }),
    outline: (x, y, width, height, stroke, thickness) =>
      add('rect', { x, y, width, height, stroke, fill: 'none', 'stroke-width': thickness }),
    hatch: (x, y, width, height, stroke) => {
      let path = '';
      for (let at = -width; at < height; at += hatchStep) {
        // The part of the line that lies inside.
        const from = Math.max(0, at + width - height);
        const to = Math.min(width, at + width);
        if (to > from) path += `M${x + from} ${y + at + width - from}L${x + to} ${y + at + width - to}`;
      }
      add('path', { d: path, stroke, fill: 'none' });
    },
    text: (text, x, y, { color, size, font, isCentered, isUpright }) => {
      const shape = add('text', {
        ...{ x, y, fill: color, 'font-size': size, 'font-family': font, 'dominant-baseline': 'central' },
        ...(isCentered ? { 'text-anchor': 'middle' } : {}),
        ...(isUpright ? { transform: `rotate(-90 ${x} ${y})` } : {}),
      });
      shape.textContent = text;
    },
    end: () => element.replaceChildren(...shapes),
  };
}
