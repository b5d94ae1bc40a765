# One image for every process of Muster. The command selects the process:
#   node dist/api/main.js       the API and the console (the default)
#   node dist/worker/main.js    the worker
#   node dist/db/migrate.js     migrates the database to the newest schema and exits
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# Also removes the embedded Postgres and the mail catcher of `npm start`, which are development dependencies.
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:${NODE_VERSION}-slim
# The root certificates that verify a TLS connection to a mail server.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
# The MALLOC_ settings are those of stack/processes/allocator.ts: freed memory returns to the system.
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
