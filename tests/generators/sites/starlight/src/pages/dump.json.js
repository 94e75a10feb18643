// Writes down what Astro made of each page.
import { getCollection } from "astro:content";

export async function GET() {
  const pages = (await getCollection("docs")).map((entry) => ({
    path: entry.filePath,
    address: entry.id,
    title: entry.data.title,
    tags: entry.data.tags,
    date: entry.data.lastUpdated?.toISOString?.().slice(0, 10),
    values: entry.data,
    html: entry.body,
  }));
  return new Response(JSON.stringify(pages));
}
