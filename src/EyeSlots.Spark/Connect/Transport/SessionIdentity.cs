using EyeSlots.Spark.Connect.Protocol;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Whose calls these are. The server keys its sessions by user and session id.</summary>
internal sealed class SessionIdentity(ConnectionString connection)
{
    private readonly string user = connection.UserId ?? Environment.UserName;
    private readonly string clientType =
        $"{connection.UserAgent ?? "EyeSlots.Spark"} dotnet/{Environment.Version} os/{(OperatingSystem.IsLinux() ? "linux" : Environment.OSVersion.Platform)}";

    private volatile string observed = "";

    public string SessionId { get; } = connection.SessionId ?? Identifiers.NewUuid();

    /// <summary>Writes the identity into a request, again before each try: the first answer brings a part of it.</summary>
    public void Stamp(ISessionRequest request)
    {
        request.SessionId = SessionId;
        request.UserContext = new() { UserId = user, UserName = user };
        request.ClientType = clientType;
        if (request is IObservingRequest observing && observed is { Length: > 0 } known)
            observing.ClientObservedServerSideSessionId = known;
    }

    /// <summary>Remembers which incarnation of the session answered.</summary>
    public void Observe(ISessionResponse response)
    {
        if (observed.Length == 0) observed = response.ServerSideSessionId;
    }
}
