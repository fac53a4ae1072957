using System.Globalization;
using System.Text.Json;

namespace EyeSlots.Aws.Costs;

/// <summary>
/// The figures that estimates are made of: <c>deploy/prices.json</c>, which travels in the program. A figure is a line there, and may be
/// changed there alone.
/// </summary>
public sealed class PriceFile
{
    private const string Resource = "prices.json";
    private static readonly Lazy<PriceFile> Embedded = new(ReadEmbedded);
    private readonly Dictionary<string, Figure> figures;

    private PriceFile(PriceFileJson file)
    {
        Region = file.Region;
        figures = file.Figures.Select(figure => OfJson(figure, file.Sources)).ToDictionary(figure => figure.Name, StringComparer.Ordinal);
        MasterTypes = [.. file.MasterTypes.Select(Machine)];
        WorkerTypes = [.. file.WorkerTypes.Select(Machine)];
        TrainerTypes = [.. file.TrainerTypes.Select(Machine)];
    }

    /// <summary>The file in this program.</summary>
    public static PriceFile Default => Embedded.Value;

    /// <summary>Whose prices they are; other regions have others.</summary>
    public string Region { get; }

    /// <summary>All figures.</summary>
    public IReadOnlyCollection<Figure> Figures => figures.Values;

    /// <summary>What a master can be, the usual one first.</summary>
    public IReadOnlyList<MachineType> MasterTypes { get; }

    /// <summary>What workers can be: one shape, of which the group takes what is there.</summary>
    public IReadOnlyList<MachineType> WorkerTypes { get; }

    /// <summary>What a trainer with a GPU can be.</summary>
    public IReadOnlyList<MachineType> TrainerTypes { get; }

    /// <summary>The dearest type of the workers' group, since nobody knows before which ones it takes.</summary>
    public MachineType DearestWorker => WorkerTypes.MaxBy(type => type.Price.Value)!;

    /// <summary>How much of a photograph's bytes is read, 0 to 1.</summary>
    public Figure ReadShare => this["share of an image that is read"];

    /// <summary>How many GETs a photograph takes: more than one, since some need a second.</summary>
    public Figure GetsOfImage => this["GETs of an image"];

    /// <summary>A figure by its name.</summary>
    public Figure this[string name] => figures[name];

    /// <summary>An instance type by its name.</summary>
    /// <exception cref="EyeSlotsException">usage: the file has no price of it.</exception>
    public MachineType Machine(string name)
    {
        if (!figures.ContainsKey(PriceOf(name)))
        {
            var known = figures.Keys.Where(key => key.StartsWith(PriceOf(""), StringComparison.Ordinal)).Select(key => key[PriceOf("").Length..]);
            throw new EyeSlotsException(ErrorCodes.Usage, $"There is no price of '{name}'; known are {string.Join(", ", known)}.");
        }

        return new(name, this[PriceOf(name)], this[$"vCPU of {name}"], this[$"network of {name}"]);
    }

    /// <summary>Reads such a file.</summary>
    /// <exception cref="JsonException">It is damaged, lacks a source, or holds a number that is not positive.</exception>
    public static PriceFile Parse(ReadOnlySpan<byte> json) => new(JsonSerializer.Deserialize(json, CostsJson.Default.PriceFileJson)!);

    private static string PriceOf(string machine) => $"price of {machine}";

    private static Figure OfJson(FigureJson figure, Dictionary<string, string> sources)
    {
        if (!(figure.Value > 0) || !double.IsFinite(figure.Value)) throw new JsonException($"'{figure.Name}' is {figure.Value}.");
        if (!sources.TryGetValue(figure.Source, out var source)) throw new JsonException($"'{figure.Name}' has the unknown source '{figure.Source}'.");
        if (!DateOnly.TryParseExact(figure.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) throw new JsonException($"'{figure.Name}' has no date.");
        return new(figure.Name, figure.Value, figure.Unit, date, source, figure.Believed);
    }

    private static PriceFile ReadEmbedded()
    {
        using var stream = typeof(PriceFile).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes);
    }
}
