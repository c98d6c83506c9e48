// typst.mjs MODULES SOURCE PDF FONTS…: compiles a Typst document, in a process of its own.
// MODULES is the folder that npm installed the compiler into.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const [modules, source, out, ...fontPaths] = process.argv.slice(2)
const { NodeCompiler } = createRequire(resolve(modules, 'x.js'))('@myriaddreamin/typst-ts-node-compiler')
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths }] })
const result = compiler.compile({ mainFileContent: readFileSync(source, 'utf8') })
if (result.hasError()) {
  result.printErrors()
  process.exit(1)
}
writeFileSync(out, compiler.pdf(result.result))
