using System.Text;
using System.Text.Json.Nodes;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Changes values of a JSON file that stays one.</summary>
internal static class JsonMutation
{
    /// <summary>A changed copy.</summary>
    public static byte[] Of(byte[] file, Random random)
    {
        var root = JsonNode.Parse(file)!;
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            List<JsonNode> places = [];
            Collect(root, places);
            Change(places[random.Next(places.Count)], random);
        }

        var text = root.ToJsonString();
        if (random.Next(10) == 0) text = text.Insert(text.IndexOf('{', random.Next(text.Length / 2)) + 1, "\"fingerprint\":\"x\",\"faces\":-1,\"faces\":7,");
        return Encoding.UTF8.GetBytes(text);
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        places.Add(node);
        var below = node switch
        {
            JsonObject some => some.Select(one => one.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var one in below)
        {
            if (one is JsonObject or JsonArray) Collect(one, places);
        }
    }

    private static void Change(JsonNode place, Random random)
    {
        switch (place)
        {
            case JsonObject { Count: > 0 } some:
                var name = some.ElementAt(random.Next(some.Count)).Key;
                if (random.Next(6) == 0) some.Remove(name);
                else some[random.Next(8) == 0 ? HostileValues.Text(random) : name] = Value(random, some[name]);
                break;
            case JsonArray { Count: > 0 } list:
                var at = random.Next(list.Count);
                if (random.Next(3) == 0) list.Add(list[at]?.DeepClone());
                else list[at] = Value(random, list[at]);
                break;
        }
    }

    private static JsonNode? Value(Random random, JsonNode? before) => random.Next(8) switch
    {
        0 => null,
        1 => JsonValue.Create(HostileValues.Text(random)),
        2 => new JsonArray(new JsonArray(new JsonObject())),
        3 => Deep(random.Next(100)),
        4 => JsonValue.Create(HostileValues.Real(random) is var real && double.IsFinite(real) ? real : 0.5),
        5 => before?.DeepClone(),
        _ => JsonValue.Create(HostileValues.Number(random)),
    };

    private static JsonNode Deep(int depth)
    {
        JsonNode node = new JsonObject();
        for (; depth > 0; depth--) node = new JsonArray(node);
        return node;
    }
}
