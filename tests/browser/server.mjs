// A static server of the tests: files of a folder, at a path of one's choice, 404.html for the rest.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".pdf": "application/pdf", ".md": "text/markdown", ".json": "application/json", ".ics": "text/calendar",
  ".xml": "application/xml", ".txt": "text/plain",
};

/**
 * Serves `folder` below `path`, compressed as every server does it. Gives `{ address, sent, close }`: the address
 * ends with a slash, `sent` maps each path that was asked for to the bytes that went out.
 */
export async function serve(folder, path = "/") {
  const sent = new Map();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = decodeURIComponent(pathname);
    const wanted = inside.endsWith("/") ? `${inside}index.html` : inside;
    const answer = async (status, file) => {
      const body = gzipSync(await readFile(file));
      sent.set(pathname, body.length);
      response.writeHead(status, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-encoding": "gzip" });
      response.end(body);
    };
    try {
      if (!wanted.startsWith(path)) throw new Error("outside");
      await answer(200, join(folder, normalize(wanted.slice(path.length))));
    } catch {
      await answer(404, join(folder, "404.html")).catch(() => response.writeHead(404).end());
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => new Promise((done) => { server.closeAllConnections(); server.close(done); });
  return { address: `http://127.0.0.1:${server.address().port}${path}`, sent, close };
}
