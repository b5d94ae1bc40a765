import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const outDir = resolve(import.meta.dirname, '../dist/web')

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    outDir,
    // Tells the API what the files of the activation pages are called (api/console/web-files.ts).
    manifest: 'manifest.json',
    rolldownOptions: { input: ['index.html', 'activate/field.ts'].map((file) => resolve(import.meta.dirname, file)) },
    emptyOutDir: true,
    target: 'es2022',
    // These know light-dark(); for others it would be rewritten into something that Mantine's switch does not reach.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Small images would become data: addresses in scripts; as files they are cached by themselves.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
})

/** Puts each file beside itself, compressed, so that the API never compresses while somebody waits. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      const folder = join(outDir, 'assets')
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name))
      await Promise.all(names.map((name) => compress(join(folder, name))))
    },
  }
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file)
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  await Promise.all([
    promisify(brotliCompress)(content, { params: quality }).then((data) => writeFile(`${file}.br`, data)),
    promisify(gzip)(content, { level: 9 }).then((data) => writeFile(`${file}.gz`, data)),
  ])
}
