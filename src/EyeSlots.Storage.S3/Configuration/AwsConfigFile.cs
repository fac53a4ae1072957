namespace EyeSlots.Storage.S3.Configuration;

/// <summary>
/// A file in the format of <c>~/.aws/config</c> and <c>~/.aws/credentials</c>, read as the aws command line reads it. The SDK's own reader
/// hides <c>ca_bundle</c>, <c>duration_seconds</c> and nested properties, and takes a profile with one odd value for one that is not there.
/// </summary>
internal sealed class AwsConfigFile
{
    private static readonly string[] Kinds = ["profile", "sso-session", "services"];
    private readonly Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.Ordinal);

    private AwsConfigFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Reads the file; one that is not there has no sections.</summary>
    /// <exception cref="S3ConfigurationException">It cannot be read; the message names the line.</exception>
    public static AwsConfigFile Read(string path)
    {
        var file = new AwsConfigFile(path);
        try
        {
            if (File.Exists(path)) file.Parse(File.ReadLines(path));
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new S3ConfigurationException($"the AWS configuration file {path} cannot be read; check its permissions.", error);
        }
    }

    /// <summary>
    /// The properties of a section, or null. A property nested below another has the name <c>outer.inner</c>. The kind is the word before
    /// the name, such as <c>profile</c>, or empty.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Section(string kind, string name) => sections.GetValueOrDefault(Key(kind, name));

    private void Parse(IEnumerable<string> lines)
    {
        Dictionary<string, string>? section = null;
        string? outer = null;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var text = line.Trim();
            if (text is "" or ['#', ..] or [';', ..]) continue;
            if (text is ['[', .. var name, ']']) (section, outer) = (Open(name), null);
            else if (section is null || !AddProperty(section, line, text, ref outer))
                throw new S3ConfigurationException($"line {number} of the AWS configuration file {Path} is neither a [section] nor 'name = value'; correct it.");
        }
    }

    /// <summary>An indented line belongs to the property above it: as a nested one if it has a value, else as more of its text.</summary>
    private static bool AddProperty(Dictionary<string, string> section, string line, string text, ref string? outer)
    {
        var nested = outer is not null && char.IsWhiteSpace(line[0]);
        var at = text.AsSpan().IndexOfAny('=', ':');
        if (at <= 0) return nested;
        var (name, value) = (text[..at].TrimEnd().ToLowerInvariant(), text[(at + 1)..].TrimStart());
        if (!nested) outer = name;
        section[nested ? $"{outer}.{name}" : name] = value;
        return true;
    }

    private Dictionary<string, string> Open(string header)
    {
        var parts = header.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var key = parts is [var kind, var name] && Array.IndexOf(Kinds, kind) >= 0 ? Key(kind, Bare(name)) : Key("", Bare(header.Trim()));
        if (!sections.TryGetValue(key, out var section)) sections[key] = section = new(StringComparer.Ordinal);
        return section;
    }

    private static string Bare(string name) => name.Trim('"', '\'');

    private static string Key(string kind, string name) => $"{kind}\0{name}";
}
