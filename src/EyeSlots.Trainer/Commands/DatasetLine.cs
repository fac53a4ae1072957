using System.CommandLine;
using EyeSlots.Core.Storage;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of a command line that names a dataset.</summary>
internal static class DatasetLine
{
    public static readonly Option<string> Data = new("--data") { Description = "Dataset root: a folder or s3://bucket/prefix", HelpName = "ROOT", Required = true };
    public static readonly Option<string> Dataset = CommonOptions.Dataset();
    public static readonly Option<int?> Generation = CommonOptions.Generation();

    /// <summary>The address of the root.</summary>
    public static StorageAddress RootOf(ParseResult parsed) => StorageAddress.Parse(parsed.GetValue(Data)!);
}
