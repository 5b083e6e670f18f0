/** Schemas generated from Discord's OpenAPI description; the package brings no types for them. */
declare module 'discord-api-spec/zod'
