using System.Globalization;
using System.Text;

namespace EyeSlots.Aws.Requests;

/// <summary>The parameters of a call in the Query protocol; one without a value is left out, an empty one is sent.</summary>
internal sealed class QueryForm
{
    private readonly List<(string Name, string Value)> parameters = [];

    public QueryForm Add(string name, string? value)
    {
        if (value is not null) parameters.Add((name, value));
        return this;
    }

    public QueryForm Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryForm Add(string name, bool? value) => Add(name, value is { } set ? set ? "true" : "false" : null);

    /// <summary>A list of texts, as <c>name.1</c>, <c>name.2</c>, ….</summary>
    public QueryForm AddList(string name, IReadOnlyList<string> values) => AddList(name, values, (item, value) => Add(item, value));

    /// <summary>A list of structures.</summary>
    /// <param name="name">The list's name, with <c>.member</c> where the service wants it.</param>
    /// <param name="values">The structures.</param>
    /// <param name="add">Adds one; given its name.</param>
    public QueryForm AddList<T>(string name, IReadOnlyList<T> values, Action<string, T> add)
    {
        for (var i = 0; i < values.Count; i++) add(string.Create(CultureInfo.InvariantCulture, $"{name}.{i + 1}"), values[i]);
        return this;
    }

    /// <summary>The form as it is sent: spaces as <c>%20</c>, which every reader of forms takes for a space.</summary>
    public string Encode(string action, string version)
    {
        var text = new StringBuilder($"Action={action}&Version={version}");
        foreach (var (name, value) in parameters) text.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }
}
