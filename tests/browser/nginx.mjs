// A plain nginx, as the package installs it, with nothing in its configuration but where the folder is.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port that nobody listens on. */
const free = () => new Promise((done) => {
  const server = createServer();
  server.listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => done(port)); });
});

const configuration = ({ place, port, path, folder, root }) => `
${root ? "user root;" : ""}
daemon off;
worker_processes 1;
pid ${place}/pid;
error_log ${place}/error.log;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  gzip on;
  gzip_types text/css application/javascript image/svg+xml text/xml;
  client_body_temp_path ${place}/body;
  proxy_temp_path ${place}/proxy;
  fastcgi_temp_path ${place}/fastcgi;
  uwsgi_temp_path ${place}/uwsgi;
  scgi_temp_path ${place}/scgi;
  server {
    listen 127.0.0.1:${port};
    location ${path} {
      alias ${folder}/;
      error_page 404 ${path}404.html;
    }
  }
}
`;

/** Serves `folder` below `path` with nginx. Gives `{ address, close }`; the address ends with a slash. */
export async function nginx(folder, path) {
  const place = await mkdtemp(join(tmpdir(), "runsheet-nginx-"));
  const port = await free();
  await writeFile(join(place, "nginx.conf"), configuration({ place, port, path, folder, root: process.getuid() === 0 }));
  const server = spawn("nginx", ["-e", join(place, "error.log"), "-p", place, "-c", join(place, "nginx.conf")], {
    stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const ended = new Promise((done) => { server.on("close", done); });
  const address = `http://127.0.0.1:${port}${path}`;
  for (let tries = 0; server.exitCode === null; tries += 1) {
    if (await fetch(address).catch(() => null)) break;
    if (tries > 200) throw new Error("nginx does not answer");
    await new Promise((done) => { setTimeout(done, 20); });
  }
  const close = async () => { server.kill(); await ended; await rm(place, { recursive: true, force: true }); };
  return { address, close };
}
