using System.Text;
using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Core.Manifests;

namespace EyeSlots.Tests.Manifests;

/// <summary>A manifest's names become keys and its counts are added up: whatever has another form is refused when it is loaded.</summary>
public sealed class ManifestCheckTests : IDisposable
{
    private readonly Dataset dataset = new();

    public static TheoryData<string, string> Hostile => new()
    {
        { "content.shards.0.fingerprint", "\"../../../etc/passwd\"" },
        { "content.shards.0.fingerprint", "\"0000\"" },
        { "content.shards.1.fingerprint", $"\"{Dataset.Fingerprint(1)}\"" },
        { "content.shards.0.sha256", $"\"{new string('A', 64)}\"" },
        { "content.shards.0.faceKeysSha256", "\"\"" },
        { "content.shards.0.list", "\"a/../b\"" },
        { "content.shards.0.faces", "-1" },
        { "content.shards.0.rows", "2147483648" },
        { "content.shards.0.bytes", "9223372036854775807" },
        { "content.shards.0.bytes", "0" },
        { "content.shards.0.quarantineBytes", "-5" },
        { "content.shards.1.quarantineSha256", "\"\"" },
        { "content.shards.0", "null" },
        { "content.shards.1.rejectedByCode", "{\"image-other\": 3}" },
        { "content.shards.1.rejectedByCode", "{\"image-empty\": -3}" },
        { "content.totals.faces", "-1" },
        { "content.totals.rejectedByCode", "null" },
        { "content.parameters", "[[[[[[[[[[]]]]]]]]]]" },
        { "dataset", "\"b\"" },
        { "dataset", "\"..\"" },
        { "generation", "2" },
        { "run.shardsMade", "-7" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Load_AValueOfAnotherForm_IsDatasetDamaged(string place, string value)
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1), Dataset.Named(2, rejected: 3));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.EditAsync("a", 1, json => Set(json, place.Split('.'), JsonNode.Parse(value))));
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        Assert.Contains("manifests/a/00000001.json is no manifest: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"rows\"", "\"faces\"")]
    [InlineData("\"generation\"", "\"dataset\"")]
    [InlineData("\"quality\"", "\"growX\"")]
    public async Task Load_APropertyThatComesTwice_IsDatasetDamaged(string name, string twice)
    {
        var file = Manifest.Key("a", 1);
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        dataset.Damage(file, bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(name, twice, StringComparison.Ordinal)));
        Assert.Equal(ErrorCodes.DatasetDamaged, (await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.Manifests.LoadAsync("a", 1))).Code);
    }

    [Fact]
    public async Task Load_WhatWasCommitted_IsTheSame()
    {
        var committed = await dataset.CommitAsync("a", 0, Dataset.Named(1), Dataset.Named(2, rejected: 3));
        Assert.True((await dataset.Manifests.LoadAsync("a", 1)).HasSameContent(committed));
    }

    public void Dispose() => dataset.Dispose();

    private static void Set(JsonNode json, string[] place, JsonNode? value)
    {
        foreach (var part in place[..^1]) json = (int.TryParse(part, out var at) ? json[at] : json[part])!;
        if (json is JsonArray list) list[int.Parse(place[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else json[place[^1]] = value;
    }
}
