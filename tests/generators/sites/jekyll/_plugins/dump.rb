# Writes down what Jekyll made of each page.
require "json"

Jekyll::Hooks.register :site, :post_write do |site|
  pages = (site.posts.docs + site.pages).map do |page|
    owner = File.exist?(page.destination(site.dest)) ? File.read(page.destination(site.dest)) : nil
    {
      "path" => page.relative_path,
      "address" => page.url,
      "title" => page.data["title"],
      "tags" => page.data["tags"],
      "categories" => page.data["categories"],
      "date" => page.data["date"].respond_to?(:strftime) ? page.data["date"].strftime("%Y-%m-%d") : nil,
      "values" => page.data.reject { |_, value| value.respond_to?(:to_liquid) && value.class.name.start_with?("Jekyll") },
      "html" => owner,
    }
  end
  File.write(File.join(site.source, "dump.json"), JSON.generate(pages))
end
