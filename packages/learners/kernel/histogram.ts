/**
 * Rows of a block: what a block needs of them stays in the first-level cache while its groups of 8 columns are summed.
 */
const blockRows: i32 = 256;
/** Offset of the bins of each row of the block, and the row's value. */
const bases = new StaticArray<usize>(blockRows);
const blockValues = new StaticArray<f64>(blockRows);

/** Bytes that come from memory together. */
const lineBytes: usize = 64;
/**
 * Values read only to load them into the cache: many loads are in flight at a time, for which the sums would otherwise
 * wait one by one.
 */
export let fetched: u64 = 0;

const bytesOfColumn: usize = 256 * 8;

/**
 * Adds the values of rows `begin` to `end - 1` of a list, packed, to the cells of their bins, in all columns.
 *
 * @param sums 256 numbers per column
 * @param values one number per row
 * @param unit what is added to each value, once it is a whole number of times `scale`
 * @param perScale 1 / scale
 * @param bins `stride` bytes per row, a multiple of 8
 */
export function sumEveryColumn(
  sums: usize,
  values: usize,
  unit: f64,
  perScale: f64,
  bins: usize,
  stride: i32,
  rows: StaticArray<i32>,
  begin: i32,
  end: i32,
): void {
  for (let from = begin; from < end; from += blockRows) {
    const size = min(blockRows, end - from);
    readBlock(values, unit, perScale, bins, stride, rows, from, size);
    for (let group: usize = 0; group < <usize>stride; group += 8) {
      const cells = sums + group * bytesOfColumn;
      for (let i = 0; i < size; i += 1) {
        const value = blockValues[i];
        const word = load<u64>(bases[i] + group);
        // Each byte is a bin; times 8 it is the place of its cell.
        add(cells + (((word << 3) & 0x7f8) as usize), value);
        add(cells + (((word >> 5) & 0x7f8) as usize) + bytesOfColumn, value);
        add(cells + (((word >> 13) & 0x7f8) as usize) + 2 * bytesOfColumn, value);
        add(cells + (((word >> 21) & 0x7f8) as usize) + 3 * bytesOfColumn, value);
        add(cells + (((word >> 29) & 0x7f8) as usize) + 4 * bytesOfColumn, value);
        add(cells + (((word >> 37) & 0x7f8) as usize) + 5 * bytesOfColumn, value);
        add(cells + (((word >> 45) & 0x7f8) as usize) + 6 * bytesOfColumn, value);
        add(cells + (((word >> 53) & 0x7f8) as usize) + 7 * bytesOfColumn, value);
      }
    }
  }
}

/** The same for a list of columns, in the cells of their places in the list. */
export function sumSomeColumns(
  sums: usize,
  values: usize,
  unit: f64,
  perScale: f64,
  bins: usize,
  stride: i32,
  rows: StaticArray<i32>,
  begin: i32,
  end: i32,
  columns: StaticArray<i32>,
  columnCount: i32,
): void {
  for (let from = begin; from < end; from += blockRows) {
    const size = min(blockRows, end - from);
    readBlock(values, unit, perScale, bins, stride, rows, from, size);
    let slot = 0;
    for (; slot + 4 <= columnCount; slot += 4) {
      const cells = sums + (slot as usize) * bytesOfColumn;
      const column0 = columns[slot] as usize;
      const column1 = columns[slot + 1] as usize;
      const column2 = columns[slot + 2] as usize;
      const column3 = columns[slot + 3] as usize;
      for (let i = 0; i < size; i += 1) {
        const value = blockValues[i];
        const base = bases[i];
        add(cells + ((load<u8>(base + column0) as usize) << 3), value);
        add(cells + ((load<u8>(base + column1) as usize) << 3) + bytesOfColumn, value);
        add(cells + ((load<u8>(base + column2) as usize) << 3) + 2 * bytesOfColumn, value);
        add(cells + ((load<u8>(base + column3) as usize) << 3) + 3 * bytesOfColumn, value);
      }
    }
    for (; slot < columnCount; slot += 1) {
      const cells = sums + (slot as usize) * bytesOfColumn;
      const column = columns[slot] as usize;
      for (let i = 0; i < size; i += 1) add(cells + ((load<u8>(bases[i] + column) as usize) << 3), blockValues[i]);
    }
  }
}

/** Takes numbers from others, in place; an even count of them. */
export function subtract(from: usize, numbers: usize, count: i32): void {
  const end = from + ((count as usize) << 3);
  for (; from < end; from += 16, numbers += 16) v128.store(from, f64x2.sub(v128.load(from), v128.load(numbers)));
}

export function clear(numbers: usize, count: i32): void {
  memory.fill(numbers, 0, (count as usize) << 3);
}

function readBlock(
  values: usize,
  unit: f64,
  perScale: f64,
  bins: usize,
  stride: i32,
  rows: StaticArray<i32>,
  from: i32,
  size: i32,
): void {
  let touched: u64 = 0;
  for (let i = 0; i < size; i += 1) {
    const row = rows[from + i] as usize;
    const base = bins + row * (stride as usize);
    bases[i] = base;
    blockValues[i] = unit + Math.floor(load<f64>(values + (row << 3)) * perScale + 0.5);
    for (let line: usize = 0; line < <usize>stride; line += lineBytes) touched |= load<u64>(base + line);
  }
  fetched = touched;
}

function add(cell: usize, value: f64): void {
  store<f64>(cell, load<f64>(cell) + value);
}
