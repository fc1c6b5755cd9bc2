import { defineConfig } from 'vitest/config';
import { SlowFirst } from './tests/harness/slow-first.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: ['tests/browser/**', 'tests/long/**', 'tests/peers/clients/**'],
          // By itself vitest leaves a core to nobody.
          maxWorkers: '100%',
          // No test measures by it: on a machine that is busy with other things, what takes one second takes ten.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'clients',
          include: ['tests/peers/clients/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
      { test: { name: 'long', include: ['tests/long/**/*.test.ts'], testTimeout: 3_600_000 } },
    ],
  },
});
