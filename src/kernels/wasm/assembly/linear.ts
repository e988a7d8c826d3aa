// Works on a memory that it imports, as selection.ts does.
export { adam } from './adam';
export { dots, rowProducts } from './dots';
export { addMultiple, weightedRows } from './weightedRows';
