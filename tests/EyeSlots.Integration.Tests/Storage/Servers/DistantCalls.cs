namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>What has gone through a <see cref="DistantServer"/> so far.</summary>
/// <param name="Gets">GETs of objects, those of images among them.</param>
/// <param name="Images">GETs of images, by the extension of the key.</param>
/// <param name="Lists">GETs that list.</param>
/// <param name="Heads">HEADs.</param>
/// <param name="Puts">PUTs and POSTs.</param>
/// <param name="Others">Whatever else was asked.</param>
/// <param name="SlowDowns">Image GETs that were answered by 503.</param>
/// <param name="Stalls">Image GETs that were held up.</param>
/// <param name="BytesSent">Bytes of answers, heads included.</param>
/// <param name="Connections">Connections that were opened.</param>
/// <param name="MostConnections">The most that were open at once.</param>
/// <param name="Refused">Connections that were reset because as many as may be were open.</param>
internal sealed record DistantCalls(
    long Gets, long Images, long Lists, long Heads, long Puts, long Others, long SlowDowns, long Stalls, long BytesSent, long Connections, long MostConnections, long Refused);
