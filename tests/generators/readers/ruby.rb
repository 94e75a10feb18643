# What Ruby makes of each YAML text on standard input (a JSON list): a JSON list of readings. The argument is the reader:
# `psych`, or `safe_yaml`, the gem through which Jekyll calls it (Debian's Jekyll calls Psych itself).
require "date"
require "json"
require "time"
require "yaml"

case ARGV.first
when "safe_yaml"
  require "safe_yaml/load"
  require "safe_yaml/version"
  PROGRAM = "SafeYAML #{SafeYAML::VERSION} on Psych #{Psych::VERSION}".freeze
  LOAD = ->(text) { SafeYAML.load(text) }
else
  PROGRAM = "Psych #{Psych::VERSION}".freeze
  LOAD = ->(text) { Psych.safe_load(text, permitted_classes: [Date, Time, Symbol], aliases: true) }
end

def reading(text)
  value = LOAD.call("x: " + text + "\n")
  value = value.is_a?(Hash) ? value["x"] : value
  case value
  when true, false then "bool #{value}"
  when nil then "null"
  when Numeric then "number #{value}"
  when Time, DateTime then "time #{value.to_time.utc.iso8601}"
  when Date then "time #{value.iso8601}"
  when Symbol then "symbol #{value}"
  else value == text ? "text" : "other #{value}"
  end
rescue StandardError, SyntaxError => error
  "refused #{error.message.lines.first.strip}"
end

puts JSON.generate("program" => PROGRAM, "readings" => JSON.parse($stdin.read).map { |text| reading(text) })
